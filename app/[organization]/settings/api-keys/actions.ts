'use server'

import { z } from 'zod'
import { memberAction } from '@/lib/actions/member-action'
import { createApiKey, revokeApiKey, rotateApiKey } from '@/lib/api-keys/api-keys'
import { createApiKeySchema, rotateApiKeySchema } from '@/lib/api-keys/schema'

export const addApiKey = memberAction(createApiKeySchema, async (scope, input) => {
  const { text } = await createApiKey(scope, input)
  return { message: 'The key is made.', data: { text } }
})

export const renewApiKey = memberAction(rotateApiKeySchema, async (scope, input) => {
  const { text } = await rotateApiKey(scope, input)
  return { message: 'A new key is made.', data: { text } }
})

export const endApiKey = memberAction(z.strictObject({ id: z.uuid() }), async (scope, { id }) => {
  await revokeApiKey(scope, id)
  return { message: 'The key is revoked.' }
})
