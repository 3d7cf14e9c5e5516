'use client'

import { Avatar } from '@/components/ui/avatar'
import { useFillIn } from './sign-in-form'

type Person = { name: string; email: string; places: { organization: string; role: string }[] }

/** The cast of the demonstration: choosing one fills in the address. The password is asked of everybody. */
export function DemoPeople({ people }: { people: Person[] }) {
  const fillIn = useFillIn()
  return (
    <section aria-labelledby="cast" className="mt-10">
      <h2 id="cast" className="mb-1 font-semibold">Demo people</h2>
      <p className="mb-3 text-text-muted">Choose one to fill in the address. The password was printed when the demo started.</p>
      <ul className="grid max-h-96 gap-1 overflow-y-auto rounded-lg border p-1" tabIndex={0} aria-label="Demo people">
        {people.map((person) => (
          <li key={person.email}>
            <button type="button" className="menu-item flex w-full items-center gap-3 rounded-md px-2 py-1.5 text-start hover:bg-surface-hover" onClick={() => fillIn(person.email)}>
              <Avatar id={person.email} name={person.name} size="sm" />
              <span className="min-w-0">
                <span className="block font-medium">{person.name}</span>
                <span className="block text-xs text-text-muted">{person.places.map(({ organization, role }) => `${organization}, ${role}`).join(' · ') || 'Super-admin, member nowhere'}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
