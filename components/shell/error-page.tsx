import type { ReactNode } from 'react'

const TEXTS = {
  'not-found': {
    title: 'There is nothing here.',
    advice: 'It may have been moved or deleted, or it is not shared with you. Check the address, or ask the person who sent it.',
  },
  forbidden: {
    title: 'Your role does not reach this far.',
    advice: 'An owner or admin of this organization can give you access, or do it for you.',
  },
  error: {
    title: 'Something broke on our side.',
    advice: 'Your last change may not have been saved. Try again; if it happens twice, tell us, with the request number if there is one.',
  },
  busy: {
    title: 'This organization is very busy.',
    advice: 'It has asked for more than its plan gives it in a minute. Nothing is lost.',
  },
  unavailable: {
    title: 'We will be right back.',
    advice: 'The service cannot be reached at the moment. Nothing is lost. Try again in a minute.',
  },
}

export type ErrorPageProps = { kind: keyof typeof TEXTS; title?: string; children?: ReactNode; requestId?: string; actions?: ReactNode }

/** Not a landmark of its own: place it in `<main>`. */
export function ErrorPage({ kind, title = TEXTS[kind].title, children = TEXTS[kind].advice, requestId, actions }: ErrorPageProps) {
  return (
    <div className="mx-auto flex min-h-[60dvh] max-w-lg flex-col justify-center gap-3 px-4">
      <h1 className="text-3xl font-semibold tracking-tight">{title}</h1>
      <div className="text-base text-pretty text-text-muted">{children}</div>
      {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      {requestId && (
        <p className="mt-4 text-xs text-text-muted">
          Request <code className="font-mono select-all">{requestId}</code>
        </p>
      )}
    </div>
  )
}
