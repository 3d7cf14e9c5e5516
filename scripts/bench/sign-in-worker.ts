// The product's own sign-in, in a process of its own, and the hash that is part of it. Answers one order at a time.
import { randomInt } from 'node:crypto'
import { inspect } from 'node:util'
import { hashPassword, verifyPassword } from '@/lib/passwords/hash'
import { signInWithPassword } from '@/lib/sign-in/password-sign-in'
import { PASSWORD } from './site.ts'

const stored = hashPassword(PASSWORD).then((hash) => ({ hash, algorithm: 'argon2id' }))

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function answer(order: { email: string } | { hash: string }) {
  if ('hash' in order) return hashPassword(order.hash)
  const known = await stored
  const visitor = { ip: `203.0.113.${randomInt(1, 255)}`, userAgent: 'Bench', deviceToken: null }
  return { argon: await timed(() => verifyPassword(known, PASSWORD)), signIn: await timed(() => signInWithPassword(order.email, PASSWORD, visitor)) }
}

process.on('message', (order: { email: string } | { hash: string }) => {
  answer(order).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: inspect(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.({ result: 'ready' })
