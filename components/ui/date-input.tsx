import type { ComponentProps } from 'react'
import { Input } from './input'

/** A calendar day, `YYYY-MM-DD`, without a time zone. The bounds are those of the database. */
export function DateInput({ min = '1900-01-01', max = '2100-12-31', ...props }: Omit<ComponentProps<typeof Input>, 'type'>) {
  return <Input {...props} type="date" min={min} max={max} />
}
