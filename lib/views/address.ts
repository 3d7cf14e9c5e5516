/** Said by an address that a default view must not replace: everything, unfiltered. */
export const EVERYTHING = 'view=all'

/** Where a list stands without filters, for somebody who has a default view of it or none. */
export const bareAddress = (path: string, hasDefault: boolean) => (hasDefault ? `${path}?${EVERYTHING}` : path)

export const addressOf = (path: string, query: string) => `${path}?${query || EVERYTHING}`

/** Whether a list is opened without filters, so that a default view may be shown. */
export const isBare = (query: Record<string, unknown>) => Object.keys(query).length === 0
