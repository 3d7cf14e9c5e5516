import { classNames } from '@/components/ui/class-names'
import { organizationColour, readableOn } from './organization-colour'

/** Decorative: the organization's name always stands beside it. */
export function OrganizationMark({ name, colour, className }: { name: string; colour: string; className?: string }) {
  const background = organizationColour(colour)
  return (
    <span aria-hidden style={{ backgroundColor: background, color: readableOn(background) }} className={classNames('grid size-6 shrink-0 place-items-center rounded-md text-xs font-semibold', className)}>
      {[...name.trim()][0]?.toUpperCase() ?? '?'}
    </span>
  )
}
