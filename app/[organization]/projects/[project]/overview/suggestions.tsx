'use client'

import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import type { Tone } from '@/components/ui/tone'
import { useToast } from '@/components/ui/toast'
import type { SuggestionStatus } from '@/lib/suggestions/schema'
import type { Suggestion } from '@/lib/suggestions/suggestions'
import { acceptSuggestion, rejectSuggestion, suggest } from '../../suggestion-actions'
import { ModifyDialog } from './modify-dialog'
import { Rating } from './rating'

const TONES: Record<SuggestionStatus, Tone> = { pending: 'neutral', accepted: 'success', modified: 'info', rejected: 'warning' }

type Props = { projectId: string; suggestions: { pending: Suggestion[]; decided: Suggestion[] }; mayTasks: boolean; mayGoals: boolean }

export function Suggestions({ projectId, suggestions: { pending, decided }, mayTasks, mayGoals }: Props) {
  const { run, pending: isAsking } = useMemberAction(suggest)
  const toast = useToast()
  const may = ({ kind }: Suggestion) => mayTasks && (kind === 'task' || mayGoals)
  if (!mayTasks && pending.length + decided.length === 0) return null
  async function ask() {
    const state = await run({ projectId })
    if (state.status === 'ok') toast({ title: state.message ?? 'Done.' })
  }
  return (
    <Card aria-labelledby="suggestions">
      <CardHeader
        title={<span id="suggestions">Suggestions</span>} description="Goals and tasks, read from the lists in the project’s description."
        actions={mayTasks && <Button size="sm" icon={<Sparkles />} pending={isAsking} onClick={() => void ask()}>Suggest</Button>}
      />
      <CardBody className="flex flex-col gap-4">
        {pending.length === 0 && <p className="text-text-muted">{decided.length === 0 ? 'Nothing is suggested yet.' : 'Everything that was suggested is decided.'}</p>}
        <ul aria-label="Suggested" className="-my-2 divide-y empty:hidden">{pending.map((one) => <Entry key={one.id} suggestion={one} mayDecide={may(one)} mayGoals={mayGoals} />)}</ul>
        {decided.length > 0 && (
          <details>
            <summary className="cursor-pointer py-1 text-text-muted">Decided lately ({decided.length})</summary>
            <ul aria-label="Decided" className="divide-y">
              {decided.map((one) => (
                <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-2">
                  <span className="min-w-0 flex-1 basis-48 wrap-anywhere">{one.title}</span>
                  <Badge tone={TONES[one.status]}>{one.status}</Badge>
                  <Rating suggestion={one} mayRate={may(one)} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </CardBody>
    </Card>
  )
}

function Entry({ suggestion, mayDecide, mayGoals }: { suggestion: Suggestion; mayDecide: boolean; mayGoals: boolean }) {
  const [isModifying, setModifying] = useState(false)
  const accept = useMemberAction(acceptSuggestion)
  const reject = useMemberAction(rejectSuggestion)
  const toast = useToast()
  const { id, kind, title, description } = suggestion
  async function decide(act: typeof accept | typeof reject) {
    const state = await act.run({ id })
    if (state.status === 'ok') toast({ title: state.message ?? 'Decided.', tone: 'success' })
  }
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="wrap-anywhere"><Badge tone={kind === 'goal' ? 'accent' : 'neutral'}>{kind}</Badge> <span className="font-medium">{title}</span></p>
        {description && <p className="text-[0.8125rem] wrap-anywhere text-text-muted">{description}</p>}
      </div>
      {mayDecide && (
        <div className="flex gap-1">
          <Button size="sm" pending={accept.pending} aria-label={`Accept ${title}`} onClick={() => void decide(accept)}>Accept</Button>
          <Button size="sm" variant="ghost" aria-label={`Modify ${title}`} onClick={() => setModifying(true)}>Modify…</Button>
          <Button size="sm" variant="ghost" pending={reject.pending} aria-label={`Reject ${title}`} onClick={() => void decide(reject)}>Reject</Button>
          <ModifyDialog suggestion={suggestion} mayGoals={mayGoals} open={isModifying} setOpen={setModifying} />
        </div>
      )}
    </li>
  )
}
