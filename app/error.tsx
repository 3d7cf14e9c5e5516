'use client'

import { WentWrong } from '@/components/shell/went-wrong'

export default function ErrorBoundary({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main">
      <WentWrong error={error} reset={reset} />
    </main>
  )
}
