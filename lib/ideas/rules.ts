export const IDEA_STATUSES = ['draft', 'refining', 'validated', 'rejected', 'converted', 'archived'] as const
export type IdeaStatus = (typeof IDEA_STATUSES)[number]
export const IDEA_STATUS_LABELS: Record<IdeaStatus, string> = { draft: 'Draft', refining: 'Being refined', validated: 'Validated', rejected: 'Not yet', converted: 'Converted', archived: 'Archived' }

export const QUESTIONS = ['Who has the problem, and what does it cost them?', 'What will be different, and how do we measure it?', 'How many hours will it take?', 'What could stop it?'] as const
export const LINES_MAX = 20
