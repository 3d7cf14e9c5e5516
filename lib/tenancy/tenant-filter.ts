import 'server-only'

type Json = Record<string, unknown>
type Field = { name: string; kind: string; type: string }
export type Models = Record<string, { fields: Field[] }>

const LOGIC = new Set(['AND', 'OR', 'NOT'])
const LIST_FILTERS = new Set(['some', 'every', 'none', 'is', 'isNot'])
const WITH_WHERE = new Set(['findUnique', 'findUniqueOrThrow', 'findFirst', 'findFirstOrThrow', 'findMany', 'count', 'aggregate', 'groupBy', 'update', 'updateMany', 'updateManyAndReturn', 'delete', 'deleteMany', 'upsert'])
const WITH_DATA = new Set(['create', 'createMany', 'createManyAndReturn'])

/**
 * Names the tenant in every reference of a Prisma call to a tenant table: top-level `where`, relation filters at any
 * depth, `_count`, and the rows of a create. The policy is the wall; this lets the planner (and a distributed server)
 * see the tenant as a parameter.
 * @throws Error on what cannot name it: ordering by a relation, `cursor`, writing through a relation; and on a condition
 * whose value is `undefined`, which Prisma leaves out: it would ask for everything.
 */
export function withTenantFilter(models: Models, tenantId: string) {
  const isTenantModel = (model: string) => models[model]?.fields.some((field) => field.name === 'tenantId') ?? false
  const relation = (model: string, name: string) => models[model]?.fields.find((field) => field.name === name && field.kind === 'object')?.type

  const where = (model: string, filter: Json): Json => {
    const result: Json = isTenantModel(model) ? { ...nested(model, filter), tenantId } : nested(model, filter)
    return result
  }

  const nested = (model: string, filter: Json): Json =>
    mapValues(filter, (name, value) => {
      if (LOGIC.has(name)) return Array.isArray(value) ? value.map((part) => nested(model, part as Json)) : nested(model, value as Json)
      requireValue(model, name, value)
      const target = relation(model, name)
      if (!target || value === null || typeof value !== 'object') return value
      const filters = value as Json
      const isWrapped = Object.keys(filters).length > 0 && Object.keys(filters).every((key) => LIST_FILTERS.has(key))
      return isWrapped ? mapValues(filters, (_, inner) => (inner === null ? null : where(target, inner as Json))) : where(target, filters)
    })

  const selection = (model: string, chosen: Json): Json =>
    mapValues(chosen, (name, value) => {
      if (name === '_count') return value && typeof value === 'object' ? counts(model, value as Json) : refuse(`_count of ${model} without a select`)
      const target = relation(model, name)
      return target && value && typeof value === 'object' ? branch(target, value as Json) : value
    })

  const counts = (model: string, value: Json): Json => ({
    select: mapValues(value.select as Json, (name, count) => {
      const target = relation(model, name)
      return target && count ? { where: where(target, typeof count === 'object' ? ((count as Json).where as Json) ?? {} : {}) } : count
    }),
  })

  const branch = (model: string, args: Json): Json => {
    const result = { ...args }
    if (result.where) result.where = where(model, result.where as Json)
    if (result.include) result.include = selection(model, result.include as Json)
    if (result.select) result.select = selection(model, result.select as Json)
    for (const order of [result.orderBy].flat()) {
      for (const [name, value] of Object.entries((order ?? {}) as Json)) if (relation(model, name) && value) refuse(`ordering ${model} by ${name}`)
    }
    if (result.cursor) refuse('cursor; page by key instead')
    return result
  }

  const row = (model: string, data: Json): Json => {
    for (const name of Object.keys(data)) if (relation(model, name)) refuse(`writing ${model} through ${name}`)
    return isTenantModel(model) ? { ...data, tenantId } : data
  }

  return (model: string, operation: string, args: Json): Json => {
    const result = branch(model, args)
    if (WITH_WHERE.has(operation)) result.where = where(model, (args.where as Json) ?? {})
    else if (!WITH_DATA.has(operation)) refuse(operation)
    if (WITH_DATA.has(operation)) result.data = Array.isArray(args.data) ? args.data.map((item) => row(model, item as Json)) : row(model, args.data as Json)
    if (operation === 'upsert') result.create = row(model, args.create as Json)
    for (const name of Object.keys((operation.startsWith('update') ? args.data : operation === 'upsert' ? args.update : {}) as Json)) {
      if (relation(model, name)) refuse(`writing ${model} through ${name}`)
    }
    return result
  }
}

function refuse(what: string): never {
  throw new Error(`The tenant client does not allow ${what}: it would not name the tenant.`)
}

function mapValues(object: Json, change: (name: string, value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(name, value)]))
}

// `{ userId: undefined }` and `{ userId: { not: undefined } }` are no conditions at all: what was meant must be said.
function requireValue(model: string, name: string, value: unknown): void {
  const isEmpty = value === undefined || (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype && Object.values(value).some((part) => part === undefined))
  if (isEmpty) throw new Error(`A filter of ${model} has no value for ${name}, and would match everything.`)
}
