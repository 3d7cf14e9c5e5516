'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useToast } from '@/components/ui/toast'
import { takePlan } from './actions'

export function PlanButton({ plan, name, over }: { plan: string; name: string; over: string[] }) {
  const { run } = useMemberAction(takePlan, { quiet: true })
  const toast = useToast()
  async function go() {
    const state = await run({ plan })
    if (state.status === 'refused') return state.message
    toast({ title: (state as { message?: string }).message ?? 'Changed.', tone: 'success' })
  }
  const consequence = over.length === 0 ? 'Its limits act at once.' : (
    <>Its limits act at once. Nothing is taken away, but more is in use than it allows:<ul className="mt-2 list-disc ps-5">{over.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul></>
  )
  return <ConfirmDialog title={`Change to ${name}?`} tone="primary" confirmLabel={`Change to ${name}`} consequence={consequence} action={go} trigger={<Button className="w-full" aria-label={`Change to ${name}`}>Choose</Button>} />
}
