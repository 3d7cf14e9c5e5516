'use client'

import './globals.css'
import { ErrorPage } from '@/components/shell/error-page'

/** When even the root layout failed: most often the database is not answering. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main id="main">
          <ErrorPage kind="error" requestId={error.digest} actions={<a href="" className="underline">Load the page again</a>} />
        </main>
      </body>
    </html>
  )
}
