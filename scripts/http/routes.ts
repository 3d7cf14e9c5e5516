import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Manifest = Record<'staticRoutes' | 'dynamicRoutes', { page: string; regex: string }[]>

/** Names the route of an address by its pattern (`/[organization]/tasks`), so that there are no more names than routes. */
export function routeNames(directory: string): (url: string) => string {
  const file = join(directory, 'routes-manifest.json')
  const { staticRoutes, dynamicRoutes }: Manifest = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : { staticRoutes: [], dynamicRoutes: [] }
  const fixed = new Set(staticRoutes.map(({ page }) => page))
  const patterns = dynamicRoutes.map(({ page, regex }) => ({ page, pattern: new RegExp(regex) }))
  return (url) => {
    const path = url.split('?', 1)[0] ?? ''
    if (path.startsWith('/_next/')) return '/_next'
    if (fixed.has(path)) return path
    return patterns.find(({ pattern }) => pattern.test(path))?.page ?? 'unknown'
  }
}
