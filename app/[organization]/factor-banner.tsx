import { ShieldAlert } from 'lucide-react'
import { AppLink } from '@/components/ui/app-link'

/** Until when a member has to set up the second factor that the organization asks for. */
export function FactorBanner({ slug, by, timeZone }: { slug: string; by: Date; timeZone: string }) {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone }).format(by)
  return (
    <p className="flex items-start gap-2 border-b bg-warning-soft px-4 py-2 text-warning print:hidden sm:px-6 lg:px-8">
      <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        A second factor is asked for from {day}.{' '}
        <AppLink href={`/account/security?required=${slug}&next=/${slug}`} className="font-medium underline underline-offset-2">Set one up now</AppLink>
      </span>
    </p>
  )
}
