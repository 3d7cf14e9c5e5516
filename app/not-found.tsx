import { ErrorPage } from '@/components/shell/error-page'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main id="main">
      <ErrorPage kind="not-found" />
    </main>
  )
}
