import { expect } from '@playwright/test'
import { query } from './database'

/** The link in the latest mail of this kind to an address, as a path. Waits for the sender, which takes mail once a second. */
export async function linkOfMail(kind: string, to: string): Promise<string> {
  let link: string | undefined
  await expect.poll(async () => (link = (await query<{ link: string }>(`SELECT data ->> 'link' AS link FROM mails WHERE kind = $1 AND lower(to_address) = lower($2) AND status = 'sent' ORDER BY created_at DESC, id DESC LIMIT 1`, [kind, to]))[0]?.link), { timeout: 15_000 }).toBeTruthy()
  return new URL(link!).pathname
}

/** How many mails of a kind an address has been sent. */
export async function countMails(kind: string, to: string): Promise<number> {
  return Number((await query<{ n: string }>('SELECT count(*) AS n FROM mails WHERE kind = $1 AND lower(to_address) = lower($2)', [kind, to]))[0]!.n)
}
