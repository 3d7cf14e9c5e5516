import { ErrorPage } from '@/components/shell/error-page'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'

export default function Forbidden() {
  return (
    <ErrorPage kind="forbidden" title="Your role does not open this page" actions={<AppLink href="/organizations" className={buttonClass({ variant: 'secondary' })}>Your organizations</AppLink>}>
      An owner or admin of the organization can see it, or can change your role.
    </ErrorPage>
  )
}
