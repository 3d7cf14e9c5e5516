import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from './class-names'

export type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'children'> & { label: ReactNode; hint?: ReactNode; labelHidden?: boolean }

export function Checkbox({ label, hint, labelHidden, className, ...props }: CheckboxProps) {
  const hintId = useId()
  return (
    <label className={classNames('flex min-h-6 min-w-6 items-start gap-2.5 py-0.5 has-disabled:text-text-muted', className)}>
      <input {...props} type="checkbox" aria-describedby={hint ? hintId : props['aria-describedby']} className="mt-0.5 size-4 shrink-0" />
      <span className={labelHidden ? 'sr-only' : 'min-w-0'}>
        {label}
        {hint && (
          <span id={hintId} className="block text-[0.8125rem] text-text-muted">
            {hint}
          </span>
        )}
      </span>
    </label>
  )
}
