import { CircleCheck, Circle } from 'lucide-react'
import { AppLink } from '@/components/ui/app-link'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { ChecklistStep } from '@/lib/onboarding/onboarding'

/** The first steps of a new organization; gone once all are taken. */
export function Checklist({ steps }: { steps: ChecklistStep[] }) {
  const done = steps.filter(({ isDone }) => isDone).length
  return (
    <Card className="mb-5">
      <CardHeader title="First steps" description={`${done} of ${steps.length} done`} />
      <CardBody className="flex flex-col gap-3">
        <ProgressBar value={Math.round((done / steps.length) * 100)} label="First steps" />
        <ul className="flex flex-col gap-1">
          {steps.map(({ key, label, href, isDone }) => (
            <li key={key} className="flex min-h-8 items-center gap-2">
              {isDone ? <CircleCheck aria-label="Done:" className="size-4 shrink-0 text-success" /> : <Circle aria-label="To do:" className="size-4 shrink-0 text-text-muted" />}
              {isDone ? <span className="text-text-muted line-through">{label}</span> : <AppLink href={href} className="link">{label}</AppLink>}
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  )
}
