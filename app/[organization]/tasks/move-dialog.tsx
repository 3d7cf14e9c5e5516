'use client'

import { useCallback, useRef, useState } from 'react'
import { moveTask } from '@/app/[organization]/tasks/actions'
import { useMemberAction } from '@/components/forms/use-member-action'
import { lazyComponent } from '@/components/ui/lazy-part'
import { useToast } from '@/components/ui/toast'
import { STATUS_LABELS, type Status } from '@/lib/tasks/rules'

const MovePopup = lazyComponent(() => import('./move-popup').then((module) => module.MovePopup))

export type Movable = { id: string; title: string; status: string; version: number }
export type Wish = { task: Movable; to: Status; show?: () => void }

export const QUESTIONS: Partial<Record<Status, { name: 'note' | 'summary'; label: string; max: number; button: string }>> = {
  blocked: { name: 'note', label: 'What blocks it?', max: 1000, button: 'Mark blocked' },
  done: { name: 'summary', label: 'What was done?', max: 4000, button: 'Complete' },
}

/** Moves tasks from anywhere on a page: asks for a reason, a summary or a confirmation where the move needs one. */
export function useMoveTask() {
  const { run, pending } = useMemberAction(moveTask, { quiet: true })
  const toast = useToast()
  const [wish, setWish] = useState<Wish | null>(null)
  const [refusal, setRefusal] = useState<{ message: string; confirms?: boolean } | null>(null)

  // What was moved here a moment ago is newer than the page, which is still on its way.
  const made = useRef(new Map<string, number>())

  const send = useCallback(
    async ({ task, to, show }: Wish, extra: Record<string, unknown> = {}) => {
      const state = await run({ id: task.id, version: Math.max(task.version, made.current.get(task.id) ?? 0), to, ...extra }, show)
      if (state.status === 'ok') {
        if (state.data) made.current.set(task.id, state.data.version)
        setWish(null)
        toast({ title: `${task.title}: ${STATUS_LABELS[to]}`, tone: 'success' })
        return
      }
      if (state.status !== 'refused') return
      const asks = state.code === 'confirm_cancel_subtasks'
      if (asks || extra.note !== undefined || extra.summary !== undefined) {
        // Sent again, it is over what is there now, which the message says.
        const version = typeof state.current?.version === 'number' ? state.current.version : task.version
        setWish({ task: { ...task, version }, to, show })
        setRefusal({ message: state.message, confirms: asks })
      } else {
        toast({ title: state.message, tone: 'danger' })
      }
    },
    [run, toast],
  )

  const move = useCallback(
    (task: Movable, to: Status, show?: () => void) => {
      setRefusal(null)
      if (QUESTIONS[to]) setWish({ task, to, show })
      else void send({ task, to, show })
    },
    [send],
  )

  const dialog = <MovePopup open={wish !== null} wish={wish} refusal={refusal} pending={pending} onClose={() => setWish(null)} send={(asked, extra) => void send(asked, extra)} />
  return { move, dialog, pending }
}
