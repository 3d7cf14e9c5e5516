import 'server-only'
import { platformPool } from './client'

const PATIENCE_MS = 1_800

export async function isDatabaseAnswering(): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, PATIENCE_MS, false).unref())
  const answer = platformPool().query('SELECT 1').then(() => true, () => false)
  return Promise.race([answer, late])
}
