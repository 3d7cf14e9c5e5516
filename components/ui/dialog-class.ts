export const DIALOG_BACKDROP = 'fixed inset-0 z-40 bg-overlay transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0'

export const DIALOG_VIEWPORT = 'fixed inset-0 z-50 flex items-end justify-center sm:items-start sm:px-4 sm:py-[10vh]'

export const DIALOG_POPUP =
  'popup relative flex max-h-[90dvh] w-full flex-col rounded-b-none pb-[env(safe-area-inset-bottom)] sm:max-h-[80dvh] sm:rounded-b-lg ' +
  'max-sm:data-ending-style:translate-y-8 max-sm:data-starting-style:translate-y-8'

export const DIALOG_WIDTHS = { sm: 'sm:max-w-sm', md: 'sm:max-w-lg', lg: 'sm:max-w-3xl' }
