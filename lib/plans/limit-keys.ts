export const LIMIT_KEYS = ['members', 'projects', 'storage_mb', 'api_calls'] as const
export type LimitKey = (typeof LIMIT_KEYS)[number]
