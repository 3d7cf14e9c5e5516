'use client'

import type { ReactElement, ReactNode } from 'react'
import { editRow } from '@/app/[organization]/tasks/actions'
import { useMemberAction } from '@/components/forms/use-member-action'
import { classNames } from '@/components/ui/class-names'
import { Menu } from '@/components/ui/menu'
import type { TaskRow } from '@/lib/tasks/task-list'

export const LOOK = 'inline-flex min-h-6 min-w-6 items-center rounded-sm px-1 -mx-1 hover:bg-surface-hover pointer-coarse:min-h-11'

// Seen where the row is pointed at or worked in; by touch it is chosen on the task.
const QUIET = 'opacity-0 group-hover/row:opacity-100 group-focus-within/row:opacity-100 aria-expanded:opacity-100 pointer-coarse:hidden'

/** Carries what was seen: if somebody else has changed this field meanwhile, it is not written over. */
export function useEdit({ id }: TaskRow, was: string) {
  const { run, pending } = useMemberAction(editRow)
  return { pending, edit: (input: Record<string, string>) => run({ id, was, ...input }) }
}

/** `name` goes before what is seen, so that the button is called by both. */
export function ChoiceMenu({ name, act, pending, isQuiet, children, content }: { name: string; act?: string; pending: boolean; isQuiet?: boolean; children: ReactNode; content: ReactElement }) {
  return <Menu trigger={<button type="button" data-act={act} className={classNames(LOOK, pending && 'opacity-50', isQuiet && QUIET)}><span className="sr-only">{name} </span>{content}</button>}>{children}</Menu>
}
