import { CircleAlert } from 'lucide-react'
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react'
import { classNames } from './class-names'

export type FieldControl = { id: string; required?: boolean; 'aria-describedby'?: string; 'aria-invalid'?: true }

type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  error?: string | string[]
  required?: boolean
  labelHidden?: boolean
  /** Of a form in which each field may stay as it is: none says so. */
  isUnmarked?: boolean
  className?: string
  /** One control, which receives id and aria attributes; or a function that places them, when the control is nested. */
  children: ReactElement | ((control: FieldControl) => ReactNode)
}

export function Field({ label, hint, error, required, labelHidden, isUnmarked, className, children }: FieldProps) {
  const id = useId()
  const errors = typeof error === 'string' ? [error] : (error ?? [])
  const describedBy = [errors.length > 0 && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  const control: FieldControl = {
    id,
    required,
    'aria-describedby': describedBy || undefined,
    'aria-invalid': errors.length > 0 || undefined,
  }
  return (
    <div className={classNames('flex min-w-0 flex-col gap-1.5', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'font-medium'}>
        {label}
        {!required && !labelHidden && !isUnmarked && <span className="ms-1.5 font-normal text-text-muted">(optional)</span>}
      </label>
      {typeof children === 'function' ? children(control) : cloneElement(children as ReactElement<FieldControl>, control)}
      {errors.length > 0 && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-[0.8125rem] text-danger">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>{errors.join(' ')}</span>
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-[0.8125rem] text-text-muted">
          {hint}
        </p>
      )}
    </div>
  )
}
