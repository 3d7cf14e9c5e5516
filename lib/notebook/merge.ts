export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }
export type JsonObject = { [name: string]: Json }

/** One level as it goes into the notebook. `inherits` false: the level takes nothing from above; of an entry: its section does not. */
export type Layer = { inherits: boolean; entries: { section: string; data: JsonObject; inherits: boolean }[] }
/** `at`: the place of the layer that a value comes from. */
export type Sourced = { path: string[]; value: Json; at: number }
export type Resolved = { section: string; data: JsonObject; values: Sourced[] }

type Node = { at: number; value: Json; parts?: Map<string, Node> }

export const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Puts layers over each other, the outermost first: objects are joined name by name and the inner one wins; lists and single values replace. */
export function mergeLayers(layers: Layer[]): Resolved[] {
  const sections = new Map<string, Node>()
  for (const [at, { inherits, entries }] of layers.entries()) {
    if (!inherits) sections.clear()
    for (const { section, data, inherits: takes } of entries) {
      const under = takes ? sections.get(section) : undefined
      sections.set(section, over(under, nodeOf(data, at)))
    }
  }
  return [...sections].map(([section, node]) => ({ section, data: dataOf(node) as JsonObject, values: leavesOf(node, []) })).sort((a, b) => (a.section < b.section ? -1 : 1))
}

/** The same for two objects alone. */
export function mergeData(under: JsonObject, upper: JsonObject): JsonObject {
  return dataOf(over(nodeOf(under, 0), nodeOf(upper, 1))) as JsonObject
}

function nodeOf(value: Json, at: number): Node {
  if (!isObject(value)) return { at, value }
  return { at, value, parts: new Map(Object.entries(value).map(([name, part]) => [name, nodeOf(part, at)])) }
}

function over(under: Node | undefined, upper: Node): Node {
  if (!under?.parts || !upper.parts) return upper
  const parts = new Map(under.parts)
  for (const [name, part] of upper.parts) parts.set(name, over(parts.get(name), part))
  return { ...upper, parts }
}

// Built from entries: a name such as `__proto__` becomes a name and nothing else.
const dataOf = ({ value, parts }: Node): Json => (parts ? Object.fromEntries([...parts].map(([name, part]) => [name, dataOf(part)])) : value)

function leavesOf({ at, value, parts }: Node, path: string[]): Sourced[] {
  if (!parts) return [{ path, value, at }]
  if (parts.size === 0) return path.length ? [{ path, value: {}, at }] : []
  return [...parts].flatMap(([name, part]) => leavesOf(part, [...path, name]))
}
