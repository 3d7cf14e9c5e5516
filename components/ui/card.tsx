import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names'

export function Card({ className, ...props }: ComponentProps<'section'>) {
  return <section {...props} className={classNames('rounded-lg border bg-surface-raised', className)} />
}

export function CardHeader({ title, description, actions, as: Heading = 'h2' }: { title: ReactNode; description?: ReactNode; actions?: ReactNode; as?: 'h2' | 'h3' }) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-b px-4 py-3">
      <div className="min-w-0 flex-1 basis-44">
        <Heading className="font-semibold">{title}</Heading>
        {description && <p className="text-[0.8125rem] text-text-muted">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  )
}

export function CardBody({ className, ...props }: ComponentProps<'div'>) {
  return <div {...props} className={classNames('p-4', className)} />
}
