import { SearchX } from 'lucide-react'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'

export function FilterProblem({ href }: { href: string }) {
  return (
    <EmptyState icon={<SearchX />} title="These filters cannot be read" action={<AppLink href={href} className={buttonClass({ variant: 'primary' })}>Show everything</AppLink>}>
      The address has a filter that does not exist. It may have been cut off when it was copied.
    </EmptyState>
  )
}
