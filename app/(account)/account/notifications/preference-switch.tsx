'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Checkbox } from '@/components/ui/checkbox'
import { savePreference } from '../actions'
import { useSaid } from '../profile-forms'

export function PreferenceSwitch({ kind, label, hint, enabled }: { kind: string; label: string; hint: string; enabled: boolean }) {
  const said = useSaid()
  const { run } = useMemberAction(savePreference)
  async function change(next: boolean) {
    const state = await run({ kind, enabled: String(next) })
    if (state.status === 'ok') said(state)
  }
  return <Checkbox name={kind} label={label} hint={hint} defaultChecked={enabled} onChange={(event) => void change(event.target.checked)} />
}
