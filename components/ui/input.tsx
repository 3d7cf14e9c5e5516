import type { ComponentProps } from 'react'
import { classNames } from './class-names'

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input {...props} className={classNames('control h-9 px-3 pointer-coarse:h-11', className)} />
}
