import 'server-only'
import { z } from 'zod'
import { stepCount, textOf } from '@/lib/templates/outline'
import { TEMPLATE_KINDS, type TemplateKind } from '@/lib/templates/schema'
import { listTemplates } from '@/lib/templates/templates'
import type { ExportList } from './lists'

const filter = z.object({ kind: z.union([z.literal(''), z.enum(TEMPLATE_KINDS)]).default('') })

export const templatesExport: ExportList<{ kind: '' | TemplateKind }> = {
  title: 'Templates',
  module: 'projects',
  filter,
  columns: [
    { key: 'name', label: 'Template', kind: 'text' }, { key: 'kind', label: 'Kind', kind: 'text' }, { key: 'project', label: 'Project', kind: 'text' }, { key: 'tasks', label: 'Tasks', kind: 'number' },
    { key: 'uses', label: 'Used', kind: 'number' }, { key: 'outline', label: 'Lines', kind: 'text' },
  ],
  async page(scope, { kind }) {
    return {
      rows: (await listTemplates(scope, { kind: kind || undefined })).map((template) => ({
        name: template.name, kind: template.kind, project: template.project?.name ?? null, tasks: stepCount(template.content), uses: template.usageCount,
        outline: textOf(template.content),
      })),
      next: null,
    }
  },
}
