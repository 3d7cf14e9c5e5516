export const WORKSTREAM_STATUSES = ['active', 'paused', 'done', 'archived'] as const
export type WorkstreamStatus = (typeof WORKSTREAM_STATUSES)[number]
