import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { Health } from '@/lib/projects/health'
import type { ProjectSummary } from '@/lib/projects/projects'
import { DueDate } from '../tasks/due-date'
import { HealthBadge } from './health-badge'
import { VisibilityBadge } from './visibility'

export function ProjectCards({ projects, health, path, today }: { projects: ProjectSummary[]; health: Map<string, Health>; path: string; today: string }) {
  return (
    <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3" aria-label="Projects">
      {projects.map((project) => {
        const total = project.openCount + project.doneCount
        return (
          <li key={project.id} className="flex flex-col gap-3 rounded-lg border bg-surface-raised p-4">
            <AppLink href={`${path}/${project.slug}`} className="group flex min-h-6 items-center gap-2.5 font-semibold">
              <span aria-hidden className="size-2.5 shrink-0 rounded-full" style={{ backgroundColor: project.colour }} />
              <span className="min-w-0 wrap-anywhere group-hover:underline">{project.name}</span>
              <span className="font-mono text-xs font-normal text-text-muted">{project.key}</span>
            </AppLink>
            <div className="flex flex-wrap gap-1.5">
              <HealthBadge health={health.get(project.id)!} />
              <VisibilityBadge visibility={project.visibility} />
              {project.status !== 'active' && project.status !== 'archived' && <Badge>{project.status}</Badge>}
            </div>
            {project.description && <p className="line-clamp-2 text-text-muted">{project.description}</p>}
            <ProgressBar label={`${project.name}: ${project.doneCount} of ${total} done`} value={project.doneCount} max={Math.max(total, 1)} showValue className="mt-auto" />
            <p className="flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem] text-text-muted">
              <span>{project.openCount} open</span>
              {project.overdueCount > 0 && <span className="font-medium text-danger">{project.overdueCount} overdue</span>}
              {project.blockedCount > 0 && <span>{project.blockedCount} blocked</span>}
              {project.targetOn && <span>Target <DueDate dueOn={project.targetOn} today={today} open={project.status === 'active'} /></span>}
              <span className="ms-auto">{project.ownerName}</span>
            </p>
          </li>
        )
      })}
    </ul>
  )
}
