import 'server-only'
import { env } from '@/lib/env'
import { platformClient, platformPool } from './client'

export type DemoPerson = { name: string; email: string; places: { organization: string; role: string; colour: string }[] }

const PEOPLE = `
  SELECT u.name, u.email, coalesce(jsonb_agg(jsonb_build_object('organization', o.name, 'role', o.role, 'colour', o.colour)) FILTER (WHERE o.name IS NOT NULL), '[]') AS places
    FROM kernel.demo_people() u LEFT JOIN LATERAL kernel.organizations_of(u.id) o ON true
   GROUP BY u.id, u.name, u.email ORDER BY u.id`

/** Whether this installation may show its cast: by setting, and only while every organization was made by the seeder. */
export async function isDemo(): Promise<boolean> {
  return env().DEMO_MODE === '1' && (await platformClient().organization.count({ where: { isDemo: false } })) === 0
}

/** The demo people, to fill in the address; empty outside of demo mode. The password is asked of everybody, always. */
export async function listDemoPeople(): Promise<DemoPerson[]> {
  return (await isDemo()) ? (await platformPool().query<DemoPerson>(PEOPLE)).rows : []
}
