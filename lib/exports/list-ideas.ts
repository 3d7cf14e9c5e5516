import 'server-only'
import { z } from 'zod'
import { listIdeas } from '@/lib/ideas/ideas'
import { IDEA_STATUSES, type IdeaStatus } from '@/lib/ideas/schema'
import type { ExportList } from './lists'

const filter = z.object({ status: z.union([z.literal(''), z.enum(IDEA_STATUSES)]).default('') })

export const ideasExport: ExportList<{ status: '' | IdeaStatus }> = {
  title: 'Ideas',
  module: 'projects',
  filter,
  columns: [
    { key: 'title', label: 'Idea', kind: 'text' }, { key: 'status', label: 'Status', kind: 'text' }, { key: 'score', label: 'Score', kind: 'number' },
    { key: 'project', label: 'Project', kind: 'text' }, { key: 'author', label: 'By', kind: 'text' }, { key: 'written', label: 'Written', kind: 'instant' },
  ],
  async page(scope, { status }, { after, size }) {
    const ideas = await listIdeas(scope, { status: status || undefined, after: after ?? undefined, take: size })
    return {
      rows: ideas.map(({ title, status: state, scorePm, projectName, authorName, createdAt }) => ({ title, status: state, score: scorePm, project: projectName, author: authorName, written: createdAt })),
      next: ideas.length === size ? ideas.at(-1)!.id : null,
    }
  },
}
