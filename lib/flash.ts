/** A sentence for the next page, where an act takes away its own. It is shown once, by components/ui/flash. */
export const FLASH_COOKIE = 'bulkhead.flash'
export const FLASH_SECONDS = 30
