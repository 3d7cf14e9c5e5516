import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import type { InvitedRow } from '@/lib/invitations/invite-many'
import { isLeft, OUTCOME_WORDS } from '@/lib/invitations/words'

/** What came of each line, links to hand over among it; they are not shown again. */
export function InvitedRows({ rows, planHref }: { rows: InvitedRow[]; planHref: string | null }) {
  if (rows.length === 0 || (rows.length === 1 && !rows[0]!.link && !isLeft(rows[0]!.outcome) && rows[0]!.outcome === 'invited')) return null
  const links = rows.filter(({ link }) => link !== null)
  return (
    <section aria-label="What came of it" className="rounded-md border">
      {links.length > 0 && (
        <p className="flex flex-wrap items-center gap-2 border-b px-3 py-2 text-[0.8125rem]">
          <span className="min-w-0 flex-1">Hand {links.length === 1 ? 'this link' : 'these links'} over yourself; {links.length === 1 ? 'it is' : 'they are'} not shown again.</span>
          {links.length > 1 && <CopyButton text={links.map(({ email, link }) => `${email},${link}`).join('\n')} label="Copy all" />}
        </p>
      )}
      {planHref && rows.some(({ outcome }) => outcome === 'seat') && <p className="border-b px-3 py-2 text-[0.8125rem]">Every seat of the plan is taken. <AppLink href={planHref} className="underline">Choose a larger plan</AppLink></p>}
      <ul className="max-h-80 divide-y overflow-y-auto">
        {rows.map(({ text, email, outcome, link }, index) => (
          <li key={index} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
            <span className="min-w-0 flex-1 wrap-anywhere">{outcome === 'invalid' || outcome === 'team' ? text : email}</span>
            <Badge tone={isLeft(outcome) ? 'danger' : outcome === 'invited' ? 'success' : 'neutral'}>{OUTCOME_WORDS[outcome]}</Badge>
            {link && <span className="flex w-full items-center gap-2"><code className="min-w-0 flex-1 font-mono text-xs break-all select-all">{link}</code><CopyButton text={link} /></span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
