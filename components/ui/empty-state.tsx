import type { ReactNode } from 'react'
import { classNames } from './class-names'

type EmptyStateProps = { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode; className?: string }

/** Only for a list that was read and holds nothing. A list that could not be read is an error, and shown as one. */
export function EmptyState({ icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div className={classNames('flex flex-col items-center gap-1 rounded-lg border border-dashed px-6 py-12 text-center', className)}>
      {icon && <span aria-hidden className="mb-2 grid size-10 place-items-center rounded-full bg-surface-hover text-text-muted [&_svg]:size-5">{icon}</span>}
      <h2 className="font-semibold">{title}</h2>
      {children && <p className="max-w-md text-pretty text-text-muted">{children}</p>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
