import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names'

type ErrorStateProps = { title?: string; children?: ReactNode; requestId?: string; action?: ReactNode; className?: string }

export function ErrorState({ title = 'This could not be loaded', children = 'Nothing was changed. Try again in a moment.', requestId, action, className }: ErrorStateProps) {
  return (
    <div role="alert" className={classNames('flex flex-col items-center gap-1 rounded-lg border bg-surface-raised px-6 py-10 text-center', className)}>
      <TriangleAlert aria-hidden className="mb-2 size-6 text-danger" />
      <p className="font-semibold">{title}</p>
      <p className="max-w-md text-pretty text-text-muted">{children}</p>
      {requestId && (
        <p className="mt-1 text-xs text-text-muted">
          Request <code className="font-mono select-all">{requestId}</code>
        </p>
      )}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
