import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { ROLES } from '@/lib/tenancy/member'
import type { MemberFilter } from '@/lib/members/schema'

/** A plain GET form: the filters stand in the address, and it works without JavaScript. */
export function MemberFilterBar({ filter }: { filter: MemberFilter }) {
  return (
    <search>
      <form className="flex flex-wrap gap-2">
        <Input name="q" type="search" aria-label="Search members" placeholder="Name or address" defaultValue={filter.q} maxLength={120} className="min-w-40 flex-1" />
        <Select name="role" aria-label="Role" defaultValue={filter.role} options={[{ value: '', label: 'Any role' }, ...ROLES.map((value) => ({ value, label: value }))]} className="w-36" />
        <Select
          name="status" aria-label="Status" defaultValue={filter.status}
          options={[
            { value: '', label: 'Here now' }, { value: 'active', label: 'Active' }, { value: 'pending_approval', label: 'Waiting' },
            { value: 'suspended', label: 'Suspended' }, { value: 'removed', label: 'Left' }, { value: 'holding', label: 'Left, holds something' },
          ]}
          className="w-36"
        />
        <Button type="submit">Apply</Button>
      </form>
    </search>
  )
}
