import { ErrorPage } from '@/components/shell/error-page'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'

export const metadata = { title: 'Not allowed' }

export default function Forbidden() {
  return (
    <main id="main">
      <ErrorPage kind="forbidden" actions={<AppLink href="/organizations" className={buttonClass({ variant: 'secondary' })}>Your organizations</AppLink>} />
    </main>
  )
}
