import 'server-only'
import { z } from 'zod'
import { authorize, type Permission } from '@/lib/authorization/permissions'
import { InvalidError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toSnake, toWire } from './wire'

/** One thing that a program can have done, told once for REST and for tools: its input, who may, and what is answered. */
export type Operation = {
  name: string
  title: string
  description: string
  permission: Permission
  isWrite: boolean
  input: z.ZodObject
  perform: (scope: Scope, input: unknown) => Promise<unknown>
}

type Definition<S extends z.ZodObject> = Omit<Operation, 'input' | 'perform' | 'isWrite'> & { isWrite?: boolean; input: S; run: (scope: Scope, input: z.infer<S>) => Promise<unknown> }

/**
 * Asks for the permission, reads the input, and answers in snake_case. The noun functions behind `run` ask for what they
 * need themselves, as they do for a page.
 * @throws InvalidError with its fields named as the input names them
 */
export function operation<S extends z.ZodObject>({ isWrite = false, input, run, ...rest }: Definition<S>): Operation {
  return {
    ...rest, input, isWrite,
    perform: async (scope, given) => {
      authorize(scope, rest.permission)
      const read = input.safeParse(given ?? {})
      if (!read.success) throw refused(read.error)
      try {
        return toWire(await run(scope, read.data))
      } catch (error) {
        if (error instanceof InvalidError) throw new InvalidError(error.message, Object.fromEntries(Object.entries(error.fields).map(([field, messages]) => [nameOf(field), messages])), error.code)
        throw error
      }
    },
  }
}

/** Parses what an operation passes on to a noun. @throws InvalidError, fields as the noun calls them */
export function parseFor<S extends z.ZodType>(schema: S, given: unknown): z.infer<S> {
  const read = schema.safeParse(given)
  if (!read.success) throw refused(read.error)
  return read.data
}

function refused(error: z.ZodError): InvalidError {
  const fields: Record<string, string[]> = {}
  for (const { code, path, message, ...issue } of error.issues) {
    const names = code === 'unrecognized_keys' && 'keys' in issue ? (issue.keys as string[]) : [path.join('.')]
    for (const name of names) fields[name] = [...(fields[name] ?? []), code === 'unrecognized_keys' ? 'There is no such field here.' : message]
  }
  const [[name, [first]] = ['', ['']]] = Object.entries(fields) as [string, [string]][]
  return new InvalidError(name ? `${nameOf(name)}: ${first}` : first, fields)
}

// `dueOn` → `due_on`, `projectId` → `project`: ids are called after what they lead to.
const nameOf = (field: string) => toSnake(field.replace(/Id$/, ''))
