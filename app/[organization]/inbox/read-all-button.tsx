'use client'

import { CheckCheck } from 'lucide-react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import { readAllNotifications } from './actions'

export function ReadAllButton() {
  const { run, pending } = useMemberAction(readAllNotifications)
  const toast = useToast()
  return <Button icon={<CheckCheck />} pending={pending} onClick={async () => { const state = await run({}); if (state.status === 'ok') toast({ title: state.message ?? 'Done.', tone: 'success' }) }}>Mark all as read</Button>
}
