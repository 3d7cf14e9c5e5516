import { AppLink } from '@/components/ui/app-link'

/** What a list in groups does not show: how many groups, and each as a list of its own. */
export function MoreGroups({ groups }: { groups: { label: string; href: string }[] }) {
  if (groups.length === 0) return null
  return (
    <details className="mt-3">
      <summary className="inline-flex min-h-6 cursor-pointer items-center text-[0.8125rem] text-accent hover:underline">{groups.length === 1 ? 'One more group is not shown' : `${groups.length} more groups are not shown`}</summary>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
        {groups.map(({ label, href }) => <li key={href}><AppLink href={href} className="inline-flex min-h-6 items-center text-[0.8125rem] hover:underline">{label}</AppLink></li>)}
      </ul>
    </details>
  )
}
