import { ChevronLeft, ChevronRight, Flag, Target } from 'lucide-react'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { classNames } from '@/components/ui/class-names'
import { addMonths, longDay, monthName, monthOf, toDate } from '@/lib/days'
import type { CalendarDay } from '@/lib/tasks/calendar'
import { type SearchParams, withAfter, withParameter } from '@/lib/tasks/filter-url'
import { isOpen, STATUS_LABELS, type Status } from '@/lib/tasks/rules'
import { StatusIcon } from '../tasks/status'
import { TaskLink } from '../tasks/task-link'

/** `list`: the address of the list that holds the same tasks. */
type Props = { days: CalendarDay[]; month: string; today: string; home: string; path: string; list: string; query: SearchParams }

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** A grid of weeks; on a phone the same days below each other, without those that hold nothing. */
export function Month({ days, month, today, home, path, list, query }: Props) {
  const to = (first: string) => withParameter(path, query, 'month', first === monthOf(today) ? '' : first.slice(0, 7))
  const inMonth = days.filter(({ day }) => monthOf(day) === month)
  const isEmpty = inMonth.every(({ total, milestones }) => total === 0 && milestones.length === 0)
  return (
    <section aria-labelledby="month" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="month" className="me-auto text-base font-semibold">{monthName(month)}</h2>
        <nav aria-label="Months" className="flex gap-2">
          <AppLink href={to(addMonths(month, -1))} aria-label={`Previous month, ${monthName(addMonths(month, -1))}`} className={buttonClass({ size: 'sm' })}><ChevronLeft aria-hidden /></AppLink>
          <AppLink href={to(monthOf(today))} aria-current={month === monthOf(today) ? 'date' : undefined} className={buttonClass({ size: 'sm' })}>Today</AppLink>
          <AppLink href={to(addMonths(month, 1))} aria-label={`Next month, ${monthName(addMonths(month, 1))}`} className={buttonClass({ size: 'sm' })}><ChevronRight aria-hidden /></AppLink>
        </nav>
      </div>
      {isEmpty && <p className="text-text-muted">Nothing is due in {monthName(month)}.</p>}
      <div className="sm:overflow-hidden sm:rounded-lg sm:border sm:bg-surface-raised">
        <div aria-hidden className="hidden grid-cols-7 border-b bg-surface-sunken text-xs font-medium text-text-muted sm:grid">{WEEKDAYS.map((name) => <span key={name} className="px-2 py-1.5">{name.slice(0, 3)}</span>)}</div>
        <ol className="flex flex-col gap-2 sm:-me-px sm:-mb-px sm:grid sm:grid-cols-7 sm:gap-0">
          {days.map((day) => <Day key={day.day} day={day} isOther={monthOf(day.day) !== month} today={today} home={home} dayHref={withAfter(list, { status: 'todo,in_progress,blocked,review,testing,done', ...query, month: undefined, due: day.day }, '')} />)}
        </ol>
      </div>
    </section>
  )
}

function Day({ day: { day, tasks, total, milestones }, isOther, today, home, dayHref }: { day: CalendarDay; isOther: boolean; today: string; home: string; dayHref: string }) {
  const isEmpty = total === 0 && milestones.length === 0
  const weekday = WEEKDAYS[(toDate(day).getUTCDay() + 6) % 7]
  return (
    <li className={classNames('min-w-0 flex-col gap-1 max-sm:rounded-lg max-sm:border max-sm:bg-surface-raised max-sm:p-3 sm:flex sm:min-h-28 sm:border-e sm:border-b sm:p-1.5', isEmpty || isOther ? 'max-sm:hidden' : 'flex', isOther && 'bg-surface-sunken')}>
      <h3 className="text-xs font-medium">
        <time dateTime={day} aria-current={day === today ? 'date' : undefined} className={classNames('inline-flex min-h-5 min-w-5 items-center rounded-full sm:justify-center sm:px-1', day === today ? 'bg-accent px-1.5 text-accent-text' : 'text-text-muted')}>
          <span aria-hidden className="max-sm:hidden">{Number(day.slice(8))}</span>
          <span className="sm:sr-only">{weekday}, {longDay(day)}{day === today && <span className="sr-only">, today</span>}</span>
        </time>
      </h3>
      {milestones.length > 0 && (
        <ul className="flex flex-col gap-1" aria-label="Target days">
          {milestones.map(({ kind, id, title, projectSlug, isOver }) => (
            <li key={id}>
              <AppLink href={`${home}/projects/${projectSlug}/overview`} className="flex min-h-6 items-center gap-1 rounded-sm bg-info-soft px-1.5 text-xs font-medium text-info hover:underline">
                {kind === 'goal' ? <Target aria-hidden className="size-3 shrink-0" /> : <Flag aria-hidden className="size-3 shrink-0" />}
                <span className="truncate"><span className="sr-only">{kind === 'goal' ? 'Goal' : 'Project'}{isOver ? ', completed' : ''}: </span>{title}</span>
              </AppLink>
            </li>
          ))}
        </ul>
      )}
      {tasks.length > 0 && (
        <ul className="flex flex-col gap-0.5" aria-label={`Due on ${longDay(day)}`}>
          {tasks.map((task) => {
            const isLate = isOpen(task.status) && day < today
            return (
              <li key={task.id}>
                <TaskLink
                  taskKey={task.key} href={`${home}/projects/${task.projectSlug}/tasks/${task.number}`} title={`${task.key} ${task.title}`}
                  className={classNames('flex min-h-6 items-center gap-1 rounded-sm border-s-2 ps-1 text-xs hover:bg-surface-hover hover:underline pointer-coarse:min-h-11', isLate && 'text-danger', !isOpen(task.status) && 'text-text-muted')}
                  style={{ borderColor: task.projectColour }}
                >
                  <StatusIcon status={task.status} className="size-3 shrink-0" />
                  <span className="truncate"><span className="sr-only">{STATUS_LABELS[task.status as Status]}{isLate ? ', overdue' : ''}: </span>{task.title}</span>
                </TaskLink>
              </li>
            )
          })}
        </ul>
      )}
      {total > tasks.length && (
        <AppLink href={dayHref} className="inline-flex min-h-6 items-center text-xs font-medium text-accent hover:underline" aria-label={`${total - tasks.length} more, all ${total} due on ${longDay(day)}`}>{total - tasks.length} more</AppLink>
      )}
    </li>
  )
}
