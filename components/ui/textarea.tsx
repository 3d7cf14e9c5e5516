import type { ComponentProps } from 'react'
import { classNames } from './class-names'

/** Grows with its content where the browser can. */
export function Textarea({ className, rows = 4, ...props }: ComponentProps<'textarea'>) {
  return <textarea {...props} rows={rows} className={classNames('control field-sizing-content max-h-96 min-h-20 px-3 py-2', className)} />
}
