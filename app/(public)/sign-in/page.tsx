import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { returnPath } from '@/lib/auth/return-path'
import { currentPerson } from '@/lib/auth/session'
import { listDemoPeople } from '@/lib/platform/demo'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { next } = await searchParams
  const destination = returnPath([next].flat()[0])
  if (await currentPerson()) redirect(destination)
  const demoPeople = await listDemoPeople()
  return (
    <main id="main" className="mx-auto flex min-h-dvh w-full max-w-5xl flex-col justify-center gap-8 px-4 py-10 lg:flex-row lg:items-start lg:gap-12 lg:py-20">
      <section className="w-full lg:max-w-sm">
        <p className="mb-8 flex items-center gap-2 text-lg font-semibold">
          <img src="/icon.svg" alt="" width={28} height={28} /> Bulkhead
        </p>
        <h1 className="mb-1 text-2xl font-semibold">Sign in</h1>
        <p className="mb-6 text-text-muted">With your e-mail address and password.</p>
        <SignInForm destination={destination} people={demoPeople} />
      </section>
    </main>
  )
}
