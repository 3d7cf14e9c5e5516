'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Checkbox } from '@/components/ui/checkbox'
import { inherit } from './actions'

export function InheritSwitch({ taskId, inherits }: { taskId: string; inherits: boolean }) {
  const { run, pending } = useMemberAction(inherit)
  return <Checkbox
    key={String(inherits)} label="Takes over what is noted above" hint="Switched off, this task’s notebook stands alone." defaultChecked={inherits} disabled={pending}
    onChange={(event) => void run({ taskId, inherits: String(event.target.checked) })}
  />
}
