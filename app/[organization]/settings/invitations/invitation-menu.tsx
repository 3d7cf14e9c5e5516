'use client'

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { useToast } from '@/components/ui/toast'
import { makeInvitationLink, resendInvitation, withdrawInvitation } from './actions'

/** What can be done with an invitation that nobody has taken. */
export function InvitationMenu({ id, email, sendsMail, mayRenew }: { id: string; email: string; sendsMail: boolean; mayRenew: boolean }) {
  const [link, setLink] = useState<string | null>(null)
  const [withdraws, setWithdraws] = useState(false)
  const resend = useMemberAction(resendInvitation)
  const make = useMemberAction(makeInvitationLink)
  const withdraw = useMemberAction(withdrawInvitation, { quiet: true })
  const toast = useToast()
  async function renew({ run }: typeof resend) {
    const state = await run({ id })
    if (state.status !== 'ok') return
    setLink((state.data as { link: string | null }).link)
    toast({ title: state.message ?? 'Done.', tone: 'success' })
  }
  return (
    <>
      <Menu trigger={<IconButton label={`More about the invitation of ${email}`} icon={<Ellipsis />} pending={resend.pending || make.pending} />} align="end">
        {sendsMail && <MenuItem disabled={!mayRenew} onClick={() => void renew(resend)}>Send again</MenuItem>}
        <MenuItem disabled={!mayRenew} onClick={() => void renew(make)}>Make a new link</MenuItem>
        <MenuSeparator />
        <MenuItem tone="danger" onClick={() => setWithdraws(true)}>Withdraw…</MenuItem>
      </Menu>
      <Dialog title={`New link for ${email}`} description="Hand it over yourself; it is not shown again. The earlier link is dead." open={link !== null} onOpenChange={(open) => !open && setLink(null)}>
        {link && <p className="flex items-center gap-2"><code className="min-w-0 flex-1 font-mono text-xs break-all select-all">{link}</code><CopyButton text={link} /></p>}
      </Dialog>
      <ConfirmDialog
        open={withdraws}
        onOpenChange={setWithdraws}
        title={`Withdraw the invitation of ${email}?`}
        consequence="Its link stops working at once. You can invite the address anew."
        confirmLabel="Withdraw"
        action={async () => {
          const state = await withdraw.run({ id })
          if (state.status === 'refused') return state.message
          toast({ title: 'The invitation is withdrawn.' })
        }}
      />
    </>
  )
}
