import type { ComponentProps, ReactNode } from 'react'
import { buttonClass, type ButtonLook } from './button-class'
import { Spinner } from './spinner'

export type ButtonProps = ComponentProps<'button'> & ButtonLook & { pending?: boolean; icon?: ReactNode; /** Its icon alone on phones; the label stays for screen readers. */ isShort?: boolean }

/** `pending` keeps the button focusable, so a keyboard user does not lose their place, and ignores presses. */
export function Button({ variant, size, pending, icon, isShort, className, children, onClick, type = 'button', ...props }: ButtonProps) {
  return (
    <button
      {...props}
      type={pending ? 'button' : type}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? undefined : onClick}
      className={buttonClass({ variant, size }, className)}
    >
      {pending ? <Spinner /> : icon}
      {isShort ? <span className="max-sm:sr-only">{children}</span> : children}
    </button>
  )
}
