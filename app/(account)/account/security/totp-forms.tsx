'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { confirmTotp, removeTotp, startTotp } from '../actions'
import { useSaid } from '../profile-forms'
import { RecoveryCodes } from './recovery-codes'

type Started = { secret: string; qrCode: { path: string; size: number } }

/** One component for both states, so that the codes it hands out stay in view when the page behind it changes. */
export function Authenticator({ isSetUp }: { isSetUp: boolean }) {
  const [started, setStarted] = useState<Started>()
  const [codes, setCodes] = useState<string[] | null>(null)
  const { run, pending } = useMemberAction(startTotp)
  const said = useSaid()
  async function start() {
    const state = await run({})
    if (state.status === 'ok' && state.data) setStarted(state.data)
  }
  return (
    <>
      <p className="text-text-muted">An application on your phone shows a code every 30 seconds. It works without a network.</p>
      <div>{isSetUp ? <RemoveAuthenticatorButton /> : <Button pending={pending} onClick={() => void start()}>Set up an authenticator</Button>}</div>
      <Dialog title="Set up an authenticator" description="Scan the picture with the application, then type the code that it shows." open={started !== undefined && codes === null} onOpenChange={(open) => !open && setStarted(undefined)}>
        {started && (
          <ActionForm action={confirmTotp} className="flex flex-col gap-4" onDone={({ data, message }) => { const made = (data as { recoveryCodes: string[] | null }).recoveryCodes; if (made) setCodes(made); else setStarted(undefined); said({ message }) }}>
            {(form) => (
              <>
                <div className="mx-auto rounded-md bg-white p-2">
                  <svg role="img" aria-label="QR code of the secret below" viewBox={`0 0 ${started.qrCode.size} ${started.qrCode.size}`} className="size-48" shapeRendering="crispEdges"><path d={started.qrCode.path} fill="#000000" /></svg>
                </div>
                <p className="flex flex-wrap items-center gap-2 text-[0.8125rem]">
                  <span className="text-text-muted">No camera? Type this:</span> <code className="font-mono break-all select-all">{started.secret.replace(/(.{4})/g, '$1 ').trim()}</code> <CopyButton text={started.secret} />
                </p>
                <Field label="Code" required error={form.error('code')}><Input name="code" inputMode="numeric" autoComplete="one-time-code" maxLength={7} defaultValue={form.value('code')} autoFocus /></Field>
                <div className="flex justify-end"><SubmitButton>Confirm</SubmitButton></div>
              </>
            )}
          </ActionForm>
        )}
      </Dialog>
      <RecoveryCodes codes={codes} onClose={() => { setCodes(null); setStarted(undefined) }} />
    </>
  )
}

function RemoveAuthenticatorButton() {
  const said = useSaid()
  const { run } = useMemberAction(removeTotp, { quiet: true })
  async function remove() {
    const state = await run({})
    if (state.status === 'refused') return state.message
    said(state as { message?: string })
  }
  return <ConfirmDialog
    title="Remove your authenticator?"
    consequence="Its codes are no longer asked for. Without a passkey, your password is enough again; an organization that wants a second factor closes until you have one."
    confirmLabel="Remove" action={remove} trigger={<Button size="sm" variant="ghost">Remove</Button>}
  />
}
