import { toLookup } from '@/lib/text'
import { isUuid } from '@/lib/uuid'

export type People = Map<string, string | null>

/** Active members by their ids and names; null where two are called so. */
export function peopleByName(members: { userId: string; displayName: string }[]): People {
  const people: People = new Map()
  for (const { userId, displayName } of members) {
    const name = toLookup(displayName)
    // Two of the same name: neither is meant for sure.
    people.set(name, people.has(name) ? null : userId)
    people.set(userId, userId)
  }
  return people
}

export const idOf = (people: People, person: string) => people.get(isUuid(person) ? person : toLookup(person))

export function refusalOf(people: People, person: string): string | null {
  const found = idOf(people, person)
  if (found) return null
  return found === null ? `There are two people here called ${person}: use the e-mail address.` : `Nobody active here is called ${isUuid(person) ? 'that' : person}.`
}
