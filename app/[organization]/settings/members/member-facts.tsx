import { Badge } from '@/components/ui/badge'
import type { Holds, MemberFacts } from '@/lib/members/member-list'

const STATUS_WORDS: Record<string, string> = { active: 'active', pending_approval: 'waits for you', suspended: 'suspended', removed: 'has left', declined: 'declined' }

export function StatusBadge({ status }: { status: string }) {
  return <Badge tone={status === 'active' ? 'success' : status === 'removed' ? 'neutral' : 'warning'}>{STATUS_WORDS[status] ?? status}</Badge>
}

/** What somebody who has left still holds: it waits for an owner or admin to hand it over. */
export function HoldsBadge({ holds }: { holds: Holds }) {
  const { projectCount, taskCount, trashCount } = holds
  const parts = [
    projectCount > 0 && `${projectCount.toLocaleString('en')} ${projectCount === 1 ? 'project' : 'projects'}`,
    trashCount > 0 && `${trashCount.toLocaleString('en')} private ${trashCount === 1 ? 'project' : 'projects'} in the trash`,
    taskCount > 0 && `${taskCount.toLocaleString('en')} open ${taskCount === 1 ? 'task' : 'tasks'}`,
  ]
  return <Badge tone="warning">holds {parts.filter(Boolean).join(', ')}</Badge>
}

/** How somebody signs in, in words: what an owner asks before requiring a second factor. */
export function SignInFacts({ facts }: { facts: MemberFacts | null }) {
  if (!facts) return null
  if (facts.kind !== 'person') return <span className="text-text-muted">{facts.kind === 'service' ? 'automation' : 'nobody'}</span>
  return (
    <span className="flex flex-wrap items-center gap-1">
      <span>{facts.signsInBy.join(', ') || 'no way yet'}</span>
      {facts.hasSecondFactor ? <Badge tone="success">second factor</Badge> : <Badge>one factor</Badge>}
      {facts.isSignInClosed && <Badge tone="warning">cannot sign in</Badge>}
    </span>
  )
}
