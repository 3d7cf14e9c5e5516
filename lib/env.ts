import 'server-only'
import type { z } from 'zod'
import { type envSchema, readSettings, settingProblems } from './env-schema'

export type Env = z.infer<typeof envSchema>

let checked: Env | undefined

/** The settings, checked once. Throws one sentence that names every missing or wrong variable. */
export function env(): Env {
  if (checked) return checked
  const { success, data } = readSettings(process.env)
  if (!success) throw new Error(`Settings: ${settingProblems(process.env).map(({ name, problem }) => `${name} ${problem}`).join('; ')}. See .env.example.`)
  return (checked = data)
}
