'use client'

import { createContext, type ReactNode, useContext, useRef, useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { lazyComponent } from '@/components/ui/lazy-part'
import type { ActionState, FormAction } from '@/lib/actions/state'
import type { PasskeyStart } from './passkey'

export type ProofWays = { hasPassword: boolean; hasTotp: boolean; hasPasskey: boolean }
export type ProofProps = { ways: ProofWays; prove: FormAction; startPasskey: FormAction<PasskeyStart>; children: ReactNode }

// What a passkey takes is an eighth of a page's script: fetched when a proof is asked for.
const ProofForm = lazyComponent(() => import('./proof-form').then((module) => module.ProofForm))

const ProofContext = createContext<(() => Promise<boolean>) | null>(null)

/** Asks once more who is there, before something sensitive. Resolves to whether they have shown it. Null where nothing asks. */
export const useProof = () => useContext(ProofContext)

/** Runs an action; when it wants a recent proof, asks for one and runs it again. */
export async function withProof<T>(prove: (() => Promise<boolean>) | null, run: () => Promise<ActionState<T>>): Promise<ActionState<T>> {
  const state = await run()
  return state.status === 'refused' && state.code === 'prove_again' && prove && (await prove()) ? run() : state
}

export function ProofProvider({ ways, prove, startPasskey, children }: ProofProps) {
  const [open, setOpen] = useState(false)
  const waiting = useRef<(shown: boolean) => void>(undefined)
  const ask = () =>
    new Promise<boolean>((resolve) => {
      waiting.current = resolve
      setOpen(true)
    })
  const finish = (shown: boolean) => {
    setOpen(false)
    waiting.current?.(shown)
    waiting.current = undefined
  }
  return (
    <ProofContext value={ask}>
      {children}
      <Dialog title="Confirm that it is you" description="Asked before anything that would let somebody else in." open={open} onOpenChange={(next) => !next && finish(false)} size="sm">
        <ProofForm ways={ways} prove={prove} startPasskey={startPasskey} onDone={() => finish(true)} />
      </Dialog>
    </ProofContext>
  )
}
