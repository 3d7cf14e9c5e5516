import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import type { Notebook } from '@/lib/notebook/resolve'
import { ValueList } from '../../../../notebook/value-list'

const SHOWN_MAX = 3

/** What is known for this task, wherever it was noted: the beginning of it. */
export function NotebookCard({ notebook: { sections, places, place, canEdit } }: { notebook: Notebook }) {
  return (
    <Card aria-labelledby="notebook">
      <CardHeader title={<span id="notebook">Notebook</span>} actions={<AppLink href={place.path} className={buttonClass({ size: 'sm' })}>{canEdit ? 'Open and write' : 'Open'}</AppLink>} />
      <CardBody className="flex flex-col gap-4">
        {sections.length === 0 && <p className="text-text-muted">Nothing is noted for this task, nor for what it belongs to.</p>}
        {sections.slice(0, SHOWN_MAX).map(({ section, values }) => (
          <section key={section} aria-label={section}>
            <h3 className="mb-2 text-[0.8125rem] font-medium text-text-muted">{section}</h3>
            <ValueList values={values.slice(0, 5).map(({ path, value, at }) => ({ path, value, source: { label: places[at]!.label, isOwn: at === places.length - 1 } }))} />
          </section>
        ))}
        {sections.length > SHOWN_MAX && <p className="text-[0.8125rem] text-text-muted">And {sections.length - SHOWN_MAX} more section{sections.length - SHOWN_MAX === 1 ? '' : 's'}.</p>}
      </CardBody>
    </Card>
  )
}
