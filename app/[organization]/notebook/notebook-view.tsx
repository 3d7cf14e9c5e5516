import { NotebookPen } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import type { Delegation } from '@/lib/notebook/delegations'
import type { Notebook } from '@/lib/notebook/resolve'
import { LEVEL_LABELS, UPWARDS } from '@/lib/notebook/schema'
import { Delegations } from './delegations'
import { SectionCard } from './section-card'

type Props = { notebook: Notebook; delegations: Delegation[]; people: { userId: string; name: string }[]; base: string; timeZone: string; mayDecide: (wish: Delegation) => boolean }

/** The sections that come together in a place, and what is passed on around it. */
export function NotebookView({ notebook: { place, places, sections, own, canEdit }, delegations, people, base, timeZone, mayDecide }: Props) {
  const targets = UPWARDS[place.level].flatMap((level) => places.filter((one) => one.level === level).map(({ label }) => ({ value: level, label: `${LEVEL_LABELS[level]} ${label}` })))
  const names = new Map(people.map(({ userId, name }) => [userId, name]))
  const empty = own.filter(({ section }) => !sections.some((one) => one.section === section))
  return (
    <div className="flex flex-col gap-5">
      {sections.length + empty.length === 0 && (
        <EmptyState icon={<NotebookPen />} title="Nothing noted yet">{canEdit ? 'Write down what whoever continues tomorrow needs to know: decisions, contacts, how to run it.' : 'What is learned on the way is written down here.'}</EmptyState>
      )}
      {sections.map(({ section, values }) => (
        <SectionCard key={section} place={{ level: place.level, id: place.id }} section={section} base={base} targets={targets} canEdit={canEdit} own={own.find((entry) => entry.section === section)}
          values={values.map(({ path, value, at }) => ({ path, value, source: places.length === 1 ? undefined : { label: places[at]!.label, isOwn: at === places.length - 1 } }))} />
      ))}
      <Delegations delegations={delegations.map((wish) => ({ ...wish, byName: names.get(wish.createdBy ?? '') ?? 'Somebody who has left', isMine: mayDecide(wish) }))} timeZone={timeZone} />
    </div>
  )
}
