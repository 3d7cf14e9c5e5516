import { Eye } from 'lucide-react'
import { Avatar } from '@/components/ui/avatar'

/** Up to three faces with names for screen readers; how many more. */
export function People({ people }: { people: { userId: string; name: string }[] }) {
  if (people.length === 0) return <span className="text-text-muted">Nobody</span>
  return (
    <span className="inline-flex items-center -space-x-1" title={people.map(({ name }) => name).join(', ')}>
      {people.slice(0, 3).map(({ userId, name }) => <Avatar key={userId} id={userId} name={name} size="xs" labelled />)}
      {people.length > 3 && <span className="ps-2 text-xs text-text-muted">+{people.length - 3}</span>}
    </span>
  )
}

/** Who looks at it when it is to be reviewed; an eye alone where nobody does. */
export function Reviewers({ people }: { people: { userId: string; name: string }[] }) {
  return <span className="inline-flex items-center gap-1 text-text-muted"><Eye aria-hidden className="size-3.5" />{people.length > 0 && <People people={people} />}</span>
}

/** Whose task it is: a subtask that nobody has is shown with the people of its parent. */
export function Assigned({ task: { assignees, inherited } }: { task: { assignees: { userId: string; name: string }[]; inherited: { userId: string; name: string }[] } }) {
  if (assignees.length > 0 || inherited.length === 0) return <People people={assignees} />
  return <span className="text-xs text-text-muted">{inherited.map(({ name }) => name).join(', ')} (inherited)</span>
}
