import type { ReactNode } from 'react'

type PublicPageProps = { title: string; description?: ReactNode; children: ReactNode; aside?: ReactNode }

/** The frame of every page before an organization: the name of the product, a heading and one thing to do. */
export function PublicPage({ title, description, children, aside }: PublicPageProps) {
  return (
    <main id="main" className="mx-auto flex min-h-dvh w-full max-w-5xl flex-col items-center gap-8 px-4 py-10 lg:py-20">
      <section className="w-full max-w-sm">
        <p className="mb-8 flex items-center gap-2 text-lg font-semibold">
          <img src="/icon.svg" alt="" width={28} height={28} /> Bulkhead
        </p>
        <h1 className="mb-1 text-2xl font-semibold text-balance">{title}</h1>
        {description && <div className="mb-6 text-pretty text-text-muted">{description}</div>}
        {children}
      </section>
      {aside}
    </main>
  )
}
