import { env, type Env } from '@/lib/env'

/** Runs work with other settings and puts the earlier ones back. */
export async function withEnv<T>(changes: Partial<Env>, work: () => Promise<T>): Promise<T> {
  const before = { ...env() }
  Object.assign(env(), changes)
  try {
    return await work()
  } finally {
    for (const name of Object.keys(changes) as (keyof Env)[]) Object.assign(env(), { [name]: before[name] })
  }
}
