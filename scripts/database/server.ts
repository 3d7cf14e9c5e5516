import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadSettings, root, setupUrl, writeMissingSettings } from '../settings.ts'
import { startEmbedded } from './embedded.ts'

export const dataDir = join(root, '.data/postgres')

/** Whether the settings name a server of somebody's own; if not, the built-in one is ours to start and to reset. */
export function isOutside(): boolean {
  loadSettings()
  return Boolean(process.env.DATABASE_URL)
}

/** Runs work with the set-up connection: to the server that DATABASE_URL names, else to the built-in one, started for the time it takes. */
export async function withServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  if (isOutside()) return work(setupUrl())
  writeMissingSettings()
  const server = await startEmbedded({ dataDir })
  try {
    return await work(server.url)
  } finally {
    await server.stop()
  }
}

/** Whether the built-in database was ever made. */
export const hasEmbedded = () => existsSync(dataDir)
