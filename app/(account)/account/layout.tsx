import type { ReactNode } from 'react'
import { ProofProvider } from '@/components/forms/proof'
import { SkipLink } from '@/components/shell/skip-link'
import { AppLink } from '@/components/ui/app-link'
import { Avatar } from '@/components/ui/avatar'
import { SubmitButton } from '@/components/ui/submit-button'
import { DateStyleProvider } from '@/components/ui/date-style'
import { ToastProvider } from '@/components/ui/toast'
import { personPage } from '@/lib/auth/session'
import { readHeldFactors } from '@/lib/second-factor/held-factors'
import { signOut } from '../../sign-out'
import { prove, startPasskeyAnswer } from '../actions'
import { AccountNavigation } from './account-navigation'

/** What is a person's own, outside of any organization. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const { person, factors } = await personPage(async (scope, me) => ({ person: me, factors: await readHeldFactors(scope) }))
  return (
    <ToastProvider>
      <DateStyleProvider locale={person.locale}>
      <ProofProvider ways={{ hasPassword: person.hasPassword, ...factors }} prove={prove} startPasskey={startPasskeyAnswer}>
        <SkipLink />
        <header className="border-b bg-surface-sunken">
          <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-3 px-4 py-3">
            <AppLink href="/organizations" className="flex min-h-8 items-center gap-2 rounded-sm font-semibold"><img src="/icon.svg" alt="" width={24} height={24} /> Bulkhead</AppLink>
            <span className="ms-auto flex min-w-0 items-center gap-2"><Avatar id={person.userId} name={person.name} hash={person.avatarHash} /> <span className="truncate">{person.name}</span></span>
            <form action={signOut}><SubmitButton variant="secondary" size="sm">Sign out</SubmitButton></form>
          </div>
        </header>
        <div className="mx-auto flex w-full max-w-5xl gap-8 px-4 py-6 max-lg:flex-col lg:py-10">
          <AccountNavigation />
          <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">{children}</main>
        </div>
      </ProofProvider>
      </DateStyleProvider>
    </ToastProvider>
  )
}
