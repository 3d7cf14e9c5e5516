export const LIMIT_KEYS = ['members', 'projects', 'storage_mb', 'api_calls'] as const
export type LimitKey = (typeof LIMIT_KEYS)[number]
/** What an organization may ask for in a while (lib/limits/budget); known to the console alone. */
export const LOAD_KEYS = ['requests_per_minute', 'statement_seconds_per_minute', 'exported_rows_per_hour'] as const
export type LoadKey = (typeof LOAD_KEYS)[number]
