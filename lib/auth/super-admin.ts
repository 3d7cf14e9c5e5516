import 'server-only'
import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import type { Person } from '@/lib/platform/directory'
import { isRecentlyProven } from '@/lib/second-factor/factors'
import { gatePath } from './gates'
import { requirePerson } from './session'

/** How long a proof of who one is opens the console; its acts ask for a fresher one. */
const CONSOLE_MINUTES = 60

/** The wall in front of the console. @throws 404 for everybody who does not run the installation, a redirect for who has no second factor or has not proven lately that it is they */
export async function requireSuperAdmin(): Promise<Person> {
  const person = await requirePerson()
  if (!person.isSuperAdmin) notFound()
  const path = (await headers()).get('x-path') ?? '/admin'
  if (!person.hasSecondFactor) redirect(`/account/security?next=${encodeURIComponent(path)}`)
  if (!isRecentlyProven(person, CONSOLE_MINUTES)) redirect(gatePath('prove_again', path))
  return person
}
