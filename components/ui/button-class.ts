import { classNames } from './class-names'

const BASE =
  'relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none ' +
  'transition-colors disabled:cursor-not-allowed aria-disabled:cursor-not-allowed pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0'

const VARIANTS = {
  primary:
    'border-transparent bg-accent text-accent-text hover:bg-accent-hover disabled:bg-surface-hover disabled:text-text-muted aria-disabled:bg-surface-hover aria-disabled:text-text-muted',
  secondary:
    'border-border-strong bg-surface-raised text-text hover:bg-surface-hover disabled:bg-surface-sunken disabled:text-text-muted aria-disabled:bg-surface-sunken aria-disabled:text-text-muted',
  ghost: 'border-transparent text-text hover:bg-surface-hover disabled:text-text-muted aria-disabled:text-text-muted',
  danger:
    'border-transparent bg-danger text-danger-text hover:bg-danger-hover disabled:bg-surface-hover disabled:text-text-muted aria-disabled:bg-surface-hover aria-disabled:text-text-muted',
}

const SIZES = { sm: 'h-7 px-2.5 text-[0.8125rem]', md: 'h-9 px-3.5 text-sm' }

export type ButtonLook = { variant?: keyof typeof VARIANTS; size?: keyof typeof SIZES }

/** For links that look like buttons: `<AppLink className={buttonClass({ variant: 'primary' })}>`. */
export function buttonClass({ variant = 'secondary', size = 'md' }: ButtonLook = {}, ...more: (string | undefined)[]) {
  return classNames(BASE, VARIANTS[variant], SIZES[size], ...more)
}
