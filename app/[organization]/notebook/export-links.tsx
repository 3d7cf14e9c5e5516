import { buttonClass } from '@/components/ui/button-class'
import type { Place } from '@/lib/notebook/places'

/** The notebook of a place as a file; a plain link, since the answer is a download. */
export function ExportLinks({ organization, place }: { organization: string; place: Pick<Place, 'level' | 'id'> }) {
  const href = (format: string) => `/api/v1/${organization}/notebook?${new URLSearchParams({ level: place.level, placeId: place.level === 'organization' ? '' : place.id, format })}`
  return (
    <>
      <a href={href('md')} download className={buttonClass()}>Markdown</a>
      <a href={href('json')} download className={buttonClass()}>JSON</a>
    </>
  )
}
