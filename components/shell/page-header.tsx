import { Fragment, type ReactNode } from 'react'
import { AppLink } from '@/components/ui/app-link'

type PageHeaderProps = { title: string; breadcrumbs?: { label: string; href: string }[]; badge?: ReactNode; description?: ReactNode; actions?: ReactNode }

/** `breadcrumbs` are the pages above this one; the title itself is not repeated there. */
export function PageHeader({ title, breadcrumbs = [], badge, description, actions }: PageHeaderProps) {
  return (
    <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {breadcrumbs.length > 0 && (
          <nav aria-label="Breadcrumbs">
            <ol className="flex flex-wrap items-center gap-1 text-[0.8125rem] text-text-muted">
              {breadcrumbs.map(({ label, href }, index) => (
                <Fragment key={href}>
                  {index > 0 && <li aria-hidden>/</li>}
                  <li>
                    <AppLink href={href} className="inline-flex min-h-6 items-center rounded-sm hover:text-text hover:underline">
                      {label}
                    </AppLink>
                  </li>
                </Fragment>
              ))}
            </ol>
          </nav>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-xl font-semibold tracking-tight wrap-anywhere">{title}</h1>
          {badge}
        </div>
        {description && <p className="mt-0.5 max-w-2xl text-pretty text-text-muted">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}
