export const TEMPLATE_KINDS = ['task', 'checklist', 'workflow'] as const
export type TemplateKind = (typeof TEMPLATE_KINDS)[number]
export const KIND_LABELS: Record<TemplateKind, string> = { task: 'Task', checklist: 'Checklist', workflow: 'Workflow' }

export const OUTLINE_MAX = 40_000
export const TASKS_MAX = 50
