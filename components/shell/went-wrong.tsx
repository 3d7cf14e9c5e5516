import { Button } from '@/components/ui/button'
import { busySeconds } from '@/lib/limits/busy'
import { ErrorPage } from './error-page'

/** What stands in for a page that failed. */
export function WentWrong({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const [waitS, again] = [busySeconds(error.digest), <Button key="again" variant="primary" onClick={reset}>Try again</Button>]
  if (waitS === null) return <ErrorPage kind="error" requestId={error.digest} actions={again} />
  return <ErrorPage kind="busy" actions={again}>It has asked for more than its plan gives it in a minute. Nothing is lost; try again in {waitS} seconds.</ErrorPage>
}
