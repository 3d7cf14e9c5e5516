import { classNames } from './class-names'

const FILLS = { accent: 'bg-accent', success: 'bg-success', warning: 'bg-warning', danger: 'bg-danger' }

type ProgressBarProps = { value: number; max?: number; label: string; tone?: keyof typeof FILLS; showValue?: boolean; className?: string }

/** Whole percents are rounded down, as everywhere: 100 is said when all of it is there. */
export function ProgressBar({ value, max = 100, label, tone = 'accent', showValue, className }: ProgressBarProps) {
  const percent = max > 0 ? Math.floor((100 * Math.min(Math.max(value, 0), max)) / max) : 0
  return (
    <div className={classNames('flex items-center gap-2', className)}>
      <div role="progressbar" aria-label={label} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100} className="h-1.5 min-w-12 flex-1 overflow-hidden rounded-full bg-surface-hover">
        <div className={classNames('h-full rounded-full transition-[width]', FILLS[tone])} style={{ width: `${percent}%` }} />
      </div>
      {showValue && <span className="w-9 text-end text-xs text-text-muted tabular-nums">{percent}%</span>}
    </div>
  )
}
