'use client'

import { type KeyboardEvent, useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { useMemberAction } from '@/components/forms/use-member-action'
import { useShortcut } from '@/components/shell/shortcuts'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { DraftTextarea, forgetDraft } from '@/components/ui/draft-textarea'
import { MultiSelect } from '@/components/ui/multi-select'
import { RelativeTime } from '@/components/ui/relative-time'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import type { Comment } from '@/lib/comments/comments'
import { addComment, editComment, removeComment } from '../../../../tasks/actions'

type Props = { taskId: string; comments: Comment[]; mayComment: boolean; userId: string; people: { userId: string; name: string }[]; timeZone: string }

export function Comments({ taskId, comments, mayComment, userId, people, timeZone }: Props) {
  const draftKey = `comment:${userId}:${taskId}`
  const send: typeof addComment = async (previous, payload) => {
    const state = await addComment(previous, payload)
    if (state.status === 'ok') forgetDraft(draftKey)
    return state
  }
  useShortcut(mayComment ? 'r' : undefined, () => document.querySelector<HTMLTextAreaElement>('#new-comment textarea')?.focus(), 'Write a comment')
  return (
    <Card>
      <CardHeader title={`Comments (${comments.length})`} />
      <CardBody className="flex flex-col gap-4">
        {comments.length === 0 && <p className="text-text-muted">Nobody has commented yet.</p>}
        <ol className="flex flex-col gap-4">{comments.map((comment) => <Entry key={comment.id} comment={comment} isMine={comment.authorUserId === userId} timeZone={timeZone} />)}</ol>
        {mayComment && (
          <div id="new-comment">
            <ActionForm action={send} hidden={{ taskId }} className="flex flex-col gap-2">
              {(form) => (
                <>
                  <Field label="Write a comment" labelHidden required error={form.error('body')}>
                    <DraftTextarea draftKey={draftKey} name="body" rows={3} placeholder="Write a comment…" defaultValue={form.value('body')} maxLength={5000} onKeyDown={sendOnModEnter} />
                  </Field>
                  <div className="flex flex-wrap items-end justify-end gap-2">
                    <Field label="Tell" error={form.error('mentions')} className="flex-1 basis-56">
                      <MultiSelect name="mentions" options={people.filter((one) => one.userId !== userId).map((one) => ({ value: one.userId, label: `@${one.name}` }))} defaultValue={form.values('mentions')} placeholder="@ somebody…" />
                    </Field>
                    <SubmitButton>Comment</SubmitButton>
                  </div>
                </>
              )}
            </ActionForm>
          </div>
        )}
      </CardBody>
    </Card>
  )
}

/** Ctrl or Command with Enter sends what is being written. */
function sendOnModEnter(event: KeyboardEvent<HTMLTextAreaElement>) {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit()
}

function Entry({ comment, isMine, timeZone }: { comment: Comment; isMine: boolean; timeZone: string }) {
  const [isEditing, setEditing] = useState(false)
  const { run } = useMemberAction(removeComment, { quiet: true })
  const remove = async () => {
    const state = await run({ id: comment.id })
    return state.status === 'refused' ? state.message : undefined
  }
  return (
    <li className="flex gap-3">
      <Avatar id={comment.authorUserId} name={comment.authorName} size="sm" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{comment.authorName}</span>
          <span className="text-xs text-text-muted"><RelativeTime iso={comment.createdAt.toISOString()} timeZone={timeZone} />{comment.editedAt && ' (edited)'}</span>
        </p>
        {isEditing ? (
          <ActionForm action={editComment} hidden={{ id: comment.id }} className="mt-1 flex flex-col gap-2" onDone={() => setEditing(false)}>
            {(form) => (
              <>
                <Field label="Edit the comment" labelHidden required error={form.error('body')}>
                  <Textarea name="body" rows={3} defaultValue={form.value('body', comment.body)} maxLength={5000} />
                </Field>
                <div className="flex justify-end gap-2">
                  <Button size="sm" onClick={() => setEditing(false)}>Cancel</Button>
                  <SubmitButton size="sm">Save</SubmitButton>
                </div>
              </>
            )}
          </ActionForm>
        ) : (
          <p className="break-words whitespace-pre-wrap">{comment.body}</p>
        )}
        {isMine && !isEditing && (
          <div className="mt-1 -ms-2 flex">
            <Button size="sm" variant="ghost" onClick={() => setEditing(true)}>Edit</Button>
            <ConfirmDialog title="Delete this comment?" consequence="It disappears for everybody." confirmLabel="Delete comment" action={remove} trigger={<Button size="sm" variant="ghost">Delete</Button>} />
          </div>
        )}
      </div>
    </li>
  )
}
