import { asSetup } from './make-person'

/** A limit of one organization's own, as a super-admin sets it; null for none. No role of the product may do it without one. */
export async function setLimit(tenantId: string, key: string, most: number | null): Promise<void> {
  await asSetup('SELECT kernel.set_limit($1, $2, $3, now())', [tenantId, key, most])
}
