'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Checkbox } from '@/components/ui/checkbox'
import { savePreference } from '../actions'
import { useSaid } from '../profile-forms'

type Props = { kind: string; channel: 'app' | 'email'; label: string; hint?: string; labelHidden?: boolean; enabled: boolean }

export function PreferenceSwitch({ kind, channel, label, hint, labelHidden, enabled }: Props) {
  const said = useSaid()
  const { run } = useMemberAction(savePreference)
  async function change(next: boolean) {
    const state = await run({ kind, channel, enabled: String(next) })
    if (state.status === 'ok') said(state)
  }
  return <Checkbox name={`${kind}-${channel}`} label={label} labelHidden={labelHidden} hint={hint} defaultChecked={enabled} onChange={(event) => void change(event.target.checked)} />
}
