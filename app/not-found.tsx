import { ErrorPage } from '@/components/shell/error-page'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main id="main">
      <ErrorPage kind="not-found" actions={<AppLink href="/organizations" className={buttonClass({ variant: 'secondary' })}>Your organizations</AppLink>} />
    </main>
  )
}
