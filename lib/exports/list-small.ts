import 'server-only'
import { z } from 'zod'
import { listLabels } from '@/lib/labels/labels'
import { listMemberRows } from '@/lib/members/member-list'
import { type MemberFilter, memberFilterSchema } from '@/lib/members/schema'
import { listProjects, projectCursor } from '@/lib/projects/projects'
import { listTrash, trashCursor } from '@/lib/tasks/trash'
import { toDay } from '@/lib/text'
import type { ExportList } from './lists'

const none = z.object({})
const projectFilter = z.object({ show: z.enum(['', 'archived']).default('') })

export const projectsExport: ExportList<z.infer<typeof projectFilter>> = {
  title: 'Projects',
  module: 'projects',
  filter: projectFilter,
  columns: [
    { key: 'key', label: 'Key', kind: 'text' }, { key: 'name', label: 'Name', kind: 'text' }, { key: 'description', label: 'Description', kind: 'text' }, { key: 'status', label: 'Status', kind: 'text' }, { key: 'owner', label: 'Owner', kind: 'text' },
    { key: 'visibility', label: 'Seen by', kind: 'text' }, { key: 'start', label: 'Start day', kind: 'day' }, { key: 'target', label: 'Target day', kind: 'day' },
    { key: 'open', label: 'Open', kind: 'number' }, { key: 'done', label: 'Done', kind: 'number' }, { key: 'overdue', label: 'Overdue', kind: 'number' },
  ],
  async page(scope, { show }, { after, size }) {
    const projects = await listProjects(scope, { archived: show === 'archived', after: after ?? '', take: size, today: toDay(new Date(), scope.member.organization.timezone) })
    const rows = projects.map((project) => ({
      key: project.key, name: project.name, description: project.description, status: project.status, owner: project.ownerName, visibility: project.visibility,
      start: project.startsOn, target: project.targetOn, open: project.openCount, done: project.doneCount, overdue: project.overdueCount,
    }))
    return { rows, next: projects.length === size ? projectCursor(projects.at(-1)!) : null }
  },
}

export const labelsExport: ExportList<object> = {
  title: 'Labels',
  module: 'projects',
  filter: none,
  columns: [{ key: 'name', label: 'Name', kind: 'text' }, { key: 'colour', label: 'Colour', kind: 'text' }, { key: 'seenBy', label: 'Seen by', kind: 'text' }],
  async page(scope) {
    return { rows: (await listLabels(scope)).map(({ name, colour, ownerUserId }) => ({ name, colour, seenBy: ownerUserId ? 'Only me' : 'Everybody' })), next: null }
  },
}

/** E-mail addresses for whom the page shows them: owners and admins. */
export const membersExport: ExportList<MemberFilter> = {
  title: 'Members',
  filter: memberFilterSchema,
  columns: [
    { key: 'name', label: 'Name', kind: 'text' }, { key: 'email', label: 'E-mail', kind: 'text' }, { key: 'role', label: 'Role', kind: 'text' }, { key: 'status', label: 'Status', kind: 'text' },
    { key: 'joined', label: 'Joined', kind: 'instant' }, { key: 'lastActive', label: 'Last active', kind: 'instant' },
  ],
  async page(scope, filter, { after, size }) {
    const page = Number(after ?? 1)
    const { members, hasMore } = await listMemberRows(scope, { ...filter, page }, size)
    return { rows: members.map(({ name, facts, role, status, joinedAt, lastActiveAt }) => ({ name, email: facts?.email ?? null, role, status, joined: joinedAt, lastActive: lastActiveAt })), next: hasMore ? String(page + 1) : null }
  },
}

export const trashExport: ExportList<object> = {
  title: 'Trash',
  module: 'projects',
  filter: none,
  columns: [{ key: 'number', label: 'Number', kind: 'text' }, { key: 'title', label: 'Title', kind: 'text' }, { key: 'deleted', label: 'Deleted', kind: 'instant' }],
  async page(scope, _, { after, size }) {
    const tasks = await listTrash(scope, { after: after ?? undefined, take: size })
    return { rows: tasks.map(({ key, number, title, deletedAt }) => ({ number: `${key}-${number}`, title, deleted: deletedAt })), next: tasks.length === size ? trashCursor(tasks.at(-1)!) : null }
  },
}
