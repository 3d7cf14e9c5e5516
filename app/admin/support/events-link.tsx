import { AppLink } from '@/components/ui/app-link'
import { listPath } from '../filter-bar'

/** What the platform's own history has of one support session; what was opened there stands in the organization's alone. */
export function EventsLink({ id, events, adminName }: { id: string; events: number; adminName: string }) {
  const words = events === 1 ? '1 event' : `${events} events`
  // One from before they were kept.
  if (events === 0) return <span className="text-[0.8125rem] text-text-muted">{words}</span>
  return <AppLink href={listPath('/admin/audit', { support: id })} className="link text-[0.8125rem]" aria-label={`${words} of ${adminName}`}>{words}</AppLink>
}
