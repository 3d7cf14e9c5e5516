'use client'

import { ErrorPage } from '@/components/shell/error-page'
import { Button } from '@/components/ui/button'

export default function ErrorBoundary({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main">
      <ErrorPage kind="error" requestId={error.digest} actions={<Button variant="primary" onClick={reset}>Try again</Button>} />
    </main>
  )
}
