'use server'

import { memberAction } from '@/lib/actions/member-action'
import { verifyStep, verifyStepSchema } from '@/lib/audit/seals'

export const verifyHistory = memberAction(verifyStepSchema, async (scope, input) => ({ data: await verifyStep(scope, input) }))
