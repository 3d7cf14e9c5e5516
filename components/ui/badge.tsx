import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { SOFT_TONES, type Tone } from './tone'

type BadgeProps = { tone?: Tone; icon?: ReactNode; dot?: string; className?: string; children: ReactNode }

/** `dot` is a colour a person chose (a label, a project); it decorates, so the text must carry the meaning. */
export function Badge({ tone = 'neutral', icon, dot, className, children }: BadgeProps) {
  return (
    <span className={classNames('inline-flex max-w-full items-center gap-1 rounded-sm px-1.5 py-0.5 text-xs font-medium [&_svg]:size-3 [&_svg]:shrink-0', SOFT_TONES[tone], className)}>
      {dot && <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ backgroundColor: dot }} />}
      {icon}
      <span className="truncate">{children}</span>
    </span>
  )
}
