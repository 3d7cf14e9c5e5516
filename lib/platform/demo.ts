import 'server-only'
import { env } from '@/lib/env'
import { platformPool } from './client'

export type DemoPerson = { name: string; email: string; places: { organization: string; role: string; colour: string }[] }

const PEOPLE = `
  SELECT u.name, u.email, coalesce(jsonb_agg(jsonb_build_object('organization', o.name, 'role', o.role, 'colour', o.colour)) FILTER (WHERE o.name IS NOT NULL), '[]') AS places
    FROM kernel.demo_people() u LEFT JOIN LATERAL kernel.organizations_of(u.id) o ON true
   GROUP BY u.id, u.name, u.email ORDER BY u.id`

/** The demo people, to fill in the address; empty outside of demo mode. The password is asked of everybody, always. */
export async function listDemoPeople(): Promise<DemoPerson[]> {
  return env().DEMO_MODE === '1' ? (await platformPool().query<DemoPerson>(PEOPLE)).rows : []
}
