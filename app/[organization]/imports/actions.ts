'use server'

import { memberAction } from '@/lib/actions/member-action'
import { applyImport, checkImport, undoImport } from '@/lib/imports/imports'
import { applyImportSchema, checkImportSchema, importIdSchema } from '@/lib/imports/schema'

export const startCheck = memberAction(checkImportSchema, async (scope, input) => ({ data: { job: await checkImport(scope, input) } }))

export const startApply = memberAction(applyImportSchema, async (scope, input) => ({ data: { job: await applyImport(scope, input) } }))

export const startUndo = memberAction(importIdSchema, async (scope, { id }) => ({ data: { job: await undoImport(scope, id) } }))
