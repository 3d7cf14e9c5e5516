'use client'

import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { makeRecoveryCodes } from '../actions'

/** Shown once, when they have just been made. */
export function RecoveryCodes({ codes, onClose }: { codes: string[] | null; onClose: () => void }) {
  return (
    <Dialog
      title="Your recovery codes" description="Write them down or print them. They are not shown again." open={codes !== null} onOpenChange={(open) => !open && onClose()}
      footer={<DialogClose render={<Button variant="primary">I have kept them</Button>} />}
    >
      <ul className="grid grid-cols-2 gap-2 font-mono">{codes?.map((code) => <li key={code} className="rounded-md bg-surface-sunken px-3 py-1.5 text-center select-all">{code}</li>)}</ul>
      <div className="mt-4 flex gap-2"><CopyButton text={codes?.join('\n') ?? ''} label="Copy all" /><Button size="sm" onClick={() => window.print()}>Print</Button></div>
    </Dialog>
  )
}

export function RecoveryCodesButton({ isFirst }: { isFirst: boolean }) {
  const [codes, setCodes] = useState<string[] | null>(null)
  const { run } = useMemberAction(makeRecoveryCodes, { quiet: true })
  async function make() {
    const state = await run({})
    if (state.status === 'refused') return state.message
    if (state.status === 'ok' && state.data) setCodes(state.data.recoveryCodes)
  }
  return (
    <>
      <div>
        {isFirst
          ? <Button onClick={() => void make()}>Make recovery codes</Button>
          : <ConfirmDialog title="Make new recovery codes?" consequence="The ones you have stop working." confirmLabel="Make new ones" tone="primary" action={make} trigger={<Button>Make new codes</Button>} />}
      </div>
      <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />
    </>
  )
}
