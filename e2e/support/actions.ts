import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { APIRequestContext, APIResponse } from '@playwright/test'
import { ORGANIZATION } from './actors'
import { BASE } from './people'

export type Action = { id: string; name: string; page: string; base?: string }
type Manifest = { node: Record<string, { exportedName: string; filename: string; workers: Record<string, unknown> }>; edge: Record<string, unknown> }

const server = join(process.cwd(), '.next/server')
const read = <T>(name: string) => JSON.parse(readFileSync(join(server, name), 'utf8')) as T

/** Every server action of the build: its id is public, so each is an endpoint. */
export function listActions(): Action[] {
  const { node, edge } = read<Manifest>('server-reference-manifest.json')
  if (Object.keys(edge).length) throw new Error('An action of the edge runtime is not in the matrix.')
  return Object.entries(node).map(([id, { exportedName, filename, workers }]) => ({ id, name: `${filename}#${exportedName}`, page: pageOf(Object.keys(workers)) }))
}

/** A page that carries the action; elsewhere the server would call itself. */
function pageOf(workers: string[]): string {
  const shortest = [...workers].sort((a, b) => Number(a.includes('[project]')) - Number(b.includes('[project]')) || a.length - b.length)[0]!
  return shortest.replace(/^app|\/\([^)]*\)|\/page$/g, '').replace('[organization]', ORGANIZATION).replace('[project]', 'spring-campaign').replace('[number]', '1')
}

/** Every page and route handler of the build. */
export function listRoutes(): string[] {
  return Object.keys(read<Record<string, string>>('app-paths-manifest.json')).filter((route) => !route.startsWith('/_'))
}

/** Calls an action as its own page would, by `fetch`. */
export function callAction(api: APIRequestContext, { id, page, base = BASE }: Action, args: unknown[], headers: Record<string, string> = {}): Promise<APIResponse> {
  return api.post(`${base}${page}`, { data: Buffer.from(JSON.stringify(args)), headers: { 'Next-Action': id, 'Content-Type': 'text/plain;charset=UTF-8', Origin: base, Accept: 'text/x-component', ...headers } })
}
