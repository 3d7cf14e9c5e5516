import { ErrorPage } from '@/components/shell/error-page'

export default function Forbidden() {
  return (
    <ErrorPage kind="forbidden" title="Your role does not open this page">
      An owner or admin of the organization can see it, or can change your role.
    </ErrorPage>
  )
}
