'use client'

import { ProofForm } from '@/components/forms/proof-form'
import type { ProofWays } from '@/components/forms/proof'
import type { PasskeyStart } from '@/components/forms/passkey'
import type { FormAction } from '@/lib/actions/state'

export function ProveForm({ destination, ...ways }: { ways: ProofWays; prove: FormAction; startPasskey: FormAction<PasskeyStart>; destination: string }) {
  return <ProofForm {...ways} onDone={() => window.location.assign(destination)} />
}
