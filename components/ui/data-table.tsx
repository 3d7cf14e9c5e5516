import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { AppLink } from './app-link'
import { classNames } from './class-names'

/**
 * Below 640 px each row becomes a card: give every Td the `label` of its column, and `primary` to the one that names the row.
 * `isReadOnly`: nothing in it takes the focus, so that a wide one must itself, to be scrolled by keyboard. Roles are written out, because `display` would otherwise take the table's meaning away from screen readers.
 */
export function Table({ caption, className, isReadOnly, children }: { caption: string; className?: string; isReadOnly?: boolean; children: ReactNode }) {
  return (
    <div {...(isReadOnly && { tabIndex: 0, role: 'region', 'aria-label': caption })} className={classNames('sm:overflow-x-auto print:overflow-visible print:text-xs sm:rounded-lg sm:border sm:bg-surface-raised', className)}>
      <table role="table" className="w-full border-collapse text-start max-sm:block">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  )
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead role="rowgroup" className="max-sm:sr-only">
      <tr role="row" className="border-b bg-surface-sunken">
        {children}
      </tr>
    </thead>
  )
}

export function TableBody({ children }: { children: ReactNode }) {
  return (
    <tbody role="rowgroup" className="max-sm:flex max-sm:flex-col max-sm:gap-2 sm:divide-y">
      {children}
    </tbody>
  )
}

export function Tr({ className, ...props }: ComponentProps<'tr'>) {
  return (
    <tr
      {...props}
      role="row"
      className={classNames('hover:bg-surface-sunken relative max-sm:flex max-sm:flex-col max-sm:gap-1 max-sm:rounded-lg max-sm:border max-sm:bg-surface-raised max-sm:p-3', className)}
    />
  )
}

type ThProps = { sort?: { href: string; direction?: 'asc' | 'desc' }; align?: 'start' | 'end'; labelHidden?: boolean; className?: string; children: ReactNode }

export function Th({ sort, align = 'start', labelHidden, className, children }: ThProps) {
  const direction = sort?.direction
  const ariaSort = sort ? (direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : 'none') : undefined
  const Icon = direction === 'asc' ? ArrowUp : direction === 'desc' ? ArrowDown : ChevronsUpDown
  return (
    <th role="columnheader" scope="col" aria-sort={ariaSort} className={classNames('h-9 px-3 text-xs font-medium whitespace-nowrap text-text-muted', align === 'end' ? 'text-end' : 'text-start', className)}>
      {sort ? (
        <AppLink href={sort.href} className="-mx-1 inline-flex min-h-6 items-center gap-1 rounded-sm px-1 hover:text-text">
          {children}
          <Icon aria-hidden className="size-3" />
        </AppLink>
      ) : (
        <span className={labelHidden ? 'sr-only' : undefined}>{children}</span>
      )}
    </th>
  )
}

type TdProps = Omit<ComponentProps<'td'>, 'align'> & { label?: string; primary?: boolean; secondary?: boolean; align?: 'start' | 'end' }

/** `secondary` cells are left out on phones. */
export function Td({ label, primary, secondary, align = 'start', className, ...props }: TdProps) {
  return (
    <td
      {...props}
      role="cell"
      data-label={label}
      className={classNames(
        'px-3 py-2 align-middle max-sm:p-0 sm:h-11',
        align === 'end' && 'sm:text-end sm:tabular-nums',
        primary && 'font-medium max-sm:order-first max-sm:text-base',
        secondary && 'max-sm:hidden',
        label && !primary && 'max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:gap-4 max-sm:before:shrink-0 max-sm:before:text-[0.8125rem] max-sm:before:text-text-muted max-sm:before:content-[attr(data-label)]',
        className,
      )}
    />
  )
}
