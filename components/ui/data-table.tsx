import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { AppLink } from './app-link'
import { classNames } from './class-names'

/**
 * Where it is narrower than 36rem each row becomes a card: give every Td the `label` of its column, and `primary` to the one that names the row.
 * `isReadOnly`: nothing in it takes the focus, so that a wide one must itself, to be scrolled by keyboard. Roles are written out, because `display` would otherwise take the table's meaning away from screen readers.
 */
export function Table({ caption, className, isReadOnly, children }: { caption: string; className?: string; isReadOnly?: boolean; children: ReactNode }) {
  return (
    <div className={`@container/table ${className ?? ''}`}>
      <div {...(isReadOnly && { tabIndex: 0, role: 'region', 'aria-label': caption })} className="print:overflow-visible print:text-xs rows:overflow-x-auto rows:rounded-lg rows:border rows:bg-surface-raised">
        <table role="table" className="w-full border-collapse text-start cards:block">
          <caption className="sr-only">{caption}</caption>
          {children}
        </table>
      </div>
    </div>
  )
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead role="rowgroup" className="cards:sr-only">
      <tr role="row" className="border-b bg-surface-sunken">
        {children}
      </tr>
    </thead>
  )
}

export function TableBody({ children }: { children: ReactNode }) {
  return (
    <tbody role="rowgroup" className="cards:flex cards:flex-col cards:gap-2 rows:divide-y">
      {children}
    </tbody>
  )
}

export function Tr({ className, ...props }: ComponentProps<'tr'>) {
  return (
    <tr
      {...props}
      role="row"
      className={classNames('hover:bg-surface-sunken relative cards:flex cards:flex-col cards:gap-1 cards:rounded-lg cards:border cards:bg-surface-raised cards:p-3', className)}
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

/** `secondary` cells are left out of cards. */
export function Td({ label, primary, secondary, align = 'start', className, ...props }: TdProps) {
  return (
    <td
      {...props}
      role="cell"
      data-label={label}
      className={classNames(
        'px-3 py-2 align-middle cards:p-0 rows:h-11',
        align === 'end' && 'rows:text-end rows:tabular-nums',
        primary && 'font-medium cards:order-first cards:text-base',
        secondary && 'cards:hidden',
        label && !primary && 'cards:flex cards:items-baseline cards:justify-between cards:gap-4 cards:before:shrink-0 cards:before:text-[0.8125rem] cards:before:text-text-muted cards:before:content-[attr(data-label)]',
        className,
      )}
    />
  )
}
