import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classNames } from './class-names'

export type SelectOption = { value: string; label: string; disabled?: boolean }

export function Select({ options, className, children, ...props }: ComponentProps<'select'> & { options?: SelectOption[] }) {
  return (
    <span className={classNames('relative block', className)}>
      <select {...props} className="control h-9 appearance-none truncate ps-3 pe-9 pointer-coarse:h-11">
        {children}
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute end-3 top-1/2 size-4 -translate-y-1/2 text-text-muted" />
    </span>
  )
}
