import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ProofProvider } from '@/components/forms/proof'
import { SectionNavigation } from '@/components/shell/section-navigation'
import { SkipLink } from '@/components/shell/skip-link'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { DateStyleProvider } from '@/components/ui/date-style'
import { Flash } from '@/components/ui/flash'
import { SubmitButton } from '@/components/ui/submit-button'
import { ToastProvider } from '@/components/ui/toast'
import { requireSuperAdmin } from '@/lib/auth/super-admin'
import { prove, startPasskeyAnswer } from '../(account)/actions'
import { signOut } from '../sign-out'
import { CONSOLE_PAGES } from './pages'

export const metadata: Metadata = { title: { absolute: 'Platform console', template: '%s · Platform console' } }

/** For those who run the installation. It holds no data of any organization: into one leads a support session alone. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const person = await requireSuperAdmin()
  return (
    <ToastProvider>
      <DateStyleProvider locale={person.locale}>
        <ProofProvider ways={{ hasPassword: person.hasPassword, hasTotp: true, hasPasskey: true }} prove={prove} startPasskey={startPasskeyAnswer}>
          <Flash />
          <SkipLink />
          <div className="isolate min-h-dvh">
            <header className="flex items-center gap-x-1 border-b bg-surface-sunken px-3 py-2 sm:gap-x-4 sm:px-6 lg:px-8">
              <AppLink href="/admin" className="font-semibold whitespace-nowrap">Platform console</AppLink>
              <span className="me-auto min-w-0 truncate text-[0.8125rem] text-text-muted max-sm:invisible max-sm:w-0 max-sm:basis-0">{person.name}</span>
              <AppLink href="/organizations" className={buttonClass({ variant: 'ghost', size: 'sm' })}>Your organizations</AppLink>
              <form action={signOut}><SubmitButton variant="secondary" size="sm">Sign out</SubmitButton></form>
            </header>
            <div className="mx-auto flex max-w-7xl gap-8 px-4 py-5 max-lg:flex-col max-lg:gap-4 sm:px-6 lg:px-8 lg:py-7">
              <SectionNavigation label="Console" items={CONSOLE_PAGES} />
              <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">{children}</main>
            </div>
          </div>
        </ProofProvider>
      </DateStyleProvider>
    </ToastProvider>
  )
}
