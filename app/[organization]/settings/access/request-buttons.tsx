'use client'

import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { useToast } from '@/components/ui/toast'
import { decideRequest } from './actions'

const ROLES = ['member', 'manager', 'admin', 'field', 'viewer'].map((value) => ({ value, label: value }))

export function RequestButtons({ id, name, wishedRole }: { id: string; name: string; wishedRole: string }) {
  const [role, setRole] = useState(wishedRole)
  const { run, pending } = useMemberAction(decideRequest)
  const toast = useToast()
  async function decide(as: string) {
    const state = await run({ id, role: as })
    if (state.status === 'ok') toast({ title: state.message ?? 'Decided.', tone: 'success' })
  }
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Select aria-label={`Role of ${name}`} value={role} onChange={(event) => setRole(event.target.value)} options={ROLES} className="w-32" />
      <Button size="sm" variant="primary" pending={pending} aria-label={`Let in ${name}`} onClick={() => void decide(role)}>Let in</Button>
      <Button size="sm" variant="ghost" pending={pending} aria-label={`Decline ${name}`} onClick={() => void decide('none')}>Decline</Button>
    </span>
  )
}
