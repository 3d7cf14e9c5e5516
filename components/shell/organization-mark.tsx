import { classNames } from '@/components/ui/class-names'
import { organizationColour, readableOn } from './organization-colour'

type Props = { name: string; colour: string; logo?: { slug: string; hash: string } | '' | null; className?: string }

/** Decorative: the organization's name always stands beside it. */
export function OrganizationMark({ name, colour, logo, className }: Props) {
  const background = organizationColour(colour)
  if (logo) return <img src={`/api/v1/${logo.slug}/logo?${logo.hash}`} alt="" width={56} height={56} className={classNames('size-6 shrink-0 rounded-md object-cover ring-1 ring-border', className)} />
  return (
    <span aria-hidden style={{ backgroundColor: background, color: readableOn(background) }} className={classNames('grid size-6 shrink-0 place-items-center rounded-md text-xs font-semibold ring-1 ring-border', className)}>
      {[...name.trim()][0]?.toUpperCase() ?? '?'}
    </span>
  )
}
