export const VISIBILITIES = ['private', 'team', 'organization'] as const
export type Visibility = (typeof VISIBILITIES)[number]
export const PROJECT_STATUSES = ['active', 'paused', 'completed', 'archived'] as const
export type ProjectStatus = (typeof PROJECT_STATUSES)[number]

const CHANGES: Record<ProjectStatus, ProjectStatus[]> = {
  active: ['paused', 'completed', 'archived'],
  paused: ['active', 'completed', 'archived'],
  completed: ['active', 'archived'],
  archived: ['active'],
}

export function canBecome(from: ProjectStatus, to: ProjectStatus): boolean {
  return CHANGES[from].includes(to)
}

export const PROJECT_COLOURS = ['#2563eb', '#0f766e', '#7c3aed', '#b45309', '#be185d', '#4d7c0f', '#0369a1', '#b91c1c', '#475569'] as const

/** `Fern & Forge website` → `fern-forge-website`, at most 48 characters. */
export function slugOf(name: string): string {
  const slug = name.normalize('NFKD').replace(/[\p{M}'’]+/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 48).replace(/^-+|-+$/g, '')
  return slug || 'project'
}

/** The letters before a task's number: initials of several words, else the first letters; 2 to 4 of them. */
export function keyOf(name: string): string {
  const words = slugOf(name).toUpperCase().split('-').filter((word) => /^[A-Z]/.test(word))
  const initials = words.map((word) => word[0]).join('').slice(0, 4)
  const key = initials.length >= 2 ? initials : (words[0] ?? 'PROJECT').replace(/[^A-Z0-9]/g, '').slice(0, 4)
  return key.length >= 2 ? key : `${key}X`
}
