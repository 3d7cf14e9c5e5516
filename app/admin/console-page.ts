import { notFound } from 'next/navigation'
import { z } from 'zod'
import { sessionToken } from '@/lib/auth/cookies'
import { requireSuperAdmin } from '@/lib/auth/super-admin'
import { NotFoundError } from '@/lib/errors'

/** What a page of the console shows, read by whoever runs the installation: with the token that the database asks for, and the time zone of the reader. */
export async function consolePage<T>(read: (token: string) => Promise<T>): Promise<{ data: T; zone: string }> {
  const { timezone } = await requireSuperAdmin()
  const data = await read((await sessionToken())!).catch((error: unknown) => {
    if (error instanceof NotFoundError) notFound()
    throw error
  })
  return { data, zone: timezone ?? 'UTC' }
}

/** The id in an address; what is none is nothing here. */
export const requireId = (id: string) => (z.uuid().safeParse(id).success ? id : notFound())
