'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { leaveFlash } from '@/components/ui/flash'
import { closeOrganization } from './actions'

export function DeleteButton({ slug, name, facts, isOwner }: { slug: string; name: string; facts: string; isOwner: boolean }) {
  const { run } = useMemberAction(closeOrganization, { quiet: true })
  async function go(form: FormData) {
    const state = await run({ confirmation: String(form.get('confirmation')) })
    if (state.status === 'refused') return state.message
    leaveFlash(`${name} is deleted. You can bring it back from here for 30 days.`)
    window.location.assign('/organizations')
  }
  if (!isOwner) return <Button variant="danger" disabled>Delete {name}</Button>
  return <ConfirmDialog
    title={`Delete ${name}?`}
    consequence={`${facts} Nobody gets in from the next click on. You can bring all of it back within 30 days, from your organizations; then it is erased for good.`}
    confirmLabel="Delete the organization" typed={slug} action={go} trigger={<Button variant="danger">Delete {name}</Button>}
  />
}
