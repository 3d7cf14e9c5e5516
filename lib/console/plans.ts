import 'server-only'
import type { z } from 'zod'
import { askConsole } from './ask-console'
import type { savePlanSchema, updatePlanSchema } from './schema'

/** `monthlyPrice` in minor units; limits null for as many as are wanted; `organizations`: how many have it. */
export type PlanLine = { key: string; name: string; position: number; monthlyPrice: number; members: number | null; projects: number | null; storageMb: number | null; apiCallsPerHour: number | null; auditDays: number | null; requestsPerMinute: number | null; statementSecondsPerMinute: number | null; exportedRowsPerHour: number | null; organizations: number; version: number }

export const listAllPlans = async (token: string): Promise<PlanLine[]> => (await askConsole<{ rows: PlanLine[] }>(token, 'plans')).rows

/** Acts at once on all who have it. A lowered limit takes nothing away; a shorter history goes thirty days later. @throws InvalidError for a key that is taken · ChangedElsewhereError */
export async function savePlan(token: string, { price, ...plan }: z.infer<typeof savePlanSchema> & Partial<Pick<z.infer<typeof updatePlanSchema>, 'version'>>, { isNew }: { isNew: boolean }): Promise<void> {
  await askConsole(token, 'save_plan', { ...plan, monthlyPrice: price, isNew })
}

/** @throws ConflictError `plan_in_use` · ChangedElsewhereError */
export async function removePlan(token: string, plan: { key: string; version?: number }): Promise<void> {
  await askConsole(token, 'remove_plan', plan)
}
