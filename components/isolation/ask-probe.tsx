'use client'

import { Radar } from 'lucide-react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import type { FormAction, MemberAction } from '@/lib/actions/state'

export function AskProbe({ action }: { action: MemberAction<unknown> | FormAction<unknown> }) {
  const { run, pending } = useMemberAction(action)
  const toast = useToast()
  const ask = async () => {
    const state = await run({})
    if (state.status === 'ok') toast({ title: state.message ?? 'Asked for.', tone: 'success' })
  }
  return <Button size="sm" icon={<Radar />} pending={pending} className="print:hidden" onClick={() => void ask()}>Run probe now</Button>
}
