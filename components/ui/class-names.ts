import { clsx, type ClassValue } from 'clsx'
import { twMerge } from 'tailwind-merge'

/** Joins class names; a later Tailwind class replaces an earlier one of the same kind. */
export function classNames(...values: ClassValue[]) {
  return twMerge(clsx(values))
}
