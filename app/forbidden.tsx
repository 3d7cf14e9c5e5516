import { ErrorPage } from '@/components/shell/error-page'

export const metadata = { title: 'Not allowed' }

export default function Forbidden() {
  return (
    <main id="main">
      <ErrorPage kind="forbidden" />
    </main>
  )
}
