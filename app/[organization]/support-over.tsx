import { ErrorPage } from '@/components/shell/error-page'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { Moment } from '@/components/ui/moment'
import { RelativeTime } from '@/components/ui/relative-time'
import type { EndedSupport } from '@/lib/support/platform-support'
import { HOW_IT_ENDED } from '@/lib/support/words'

/** In place of every page of an organization, for whoever was there as support within the day. */
export function SupportOver({ slug, ended: { organization, endedAt, endedBy }, timeZone }: { slug: string; ended: EndedSupport; timeZone: string }) {
  return (
    <ErrorPage
      kind="not-found" title={`Your support session in ${organization} is over.`}
      actions={<><AppLink href={`/admin/support?organization=${slug}`} className={buttonClass({ variant: 'primary' })}>Ask to come in again</AppLink><AppLink href="/admin/support" className={buttonClass({ variant: 'secondary' })}>Support sessions</AppLink></>}
    >
      {HOW_IT_ENDED[endedBy]} <RelativeTime iso={endedAt.toISOString()} timeZone={timeZone} /> (<Moment iso={endedAt.toISOString()} timeZone={timeZone} />). You can go on there once you have come in again.
    </ErrorPage>
  )
}
