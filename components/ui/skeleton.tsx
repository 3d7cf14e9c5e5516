import { classNames } from './class-names'

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classNames('block h-4 animate-pulse rounded-sm bg-surface-hover', className)} />
}

const WIDTHS = ['w-2/3', 'w-1/2', 'w-3/4', 'w-2/5']

export function SkeletonRows({ rows = 6, label = 'Loading…' }: { rows?: number; label?: string }) {
  return (
    <div role="status" className="divide-y rounded-lg border bg-surface-raised">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-4 px-4 py-3">
          <Skeleton className="size-6 rounded-full" />
          <span className="flex-1">
            <Skeleton className={WIDTHS[row % WIDTHS.length]} />
          </span>
          <Skeleton className="hidden w-20 sm:block" />
        </div>
      ))}
    </div>
  )
}
