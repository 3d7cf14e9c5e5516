import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { SOFT_TONES } from './tone'

const ICONS = { danger: CircleAlert, success: CircleCheck, info: Info, warning: TriangleAlert }

type FormMessageProps = { tone?: keyof typeof ICONS; className?: string; children?: ReactNode }

/** Renders nothing without children, so a form can always place it. Errors interrupt a screen reader, the rest waits. */
export function FormMessage({ tone = 'danger', className, children }: FormMessageProps) {
  if (!children) return null
  const Icon = ICONS[tone]
  return (
    <div role={tone === 'danger' ? 'alert' : 'status'} className={classNames('flex items-start gap-2 rounded-md px-3 py-2', SOFT_TONES[tone], className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">{children}</div>
    </div>
  )
}
