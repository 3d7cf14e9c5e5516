import { LiveProject } from '@/components/shell/live-project'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { Segmented } from '@/components/ui/segmented'
import { can } from '@/lib/authorization/permissions'
import type { Seen } from '@/lib/live/unseen'
import type { Project } from '@/lib/projects/projects'
import type { Share } from '@/lib/projects/sharing'
import type { Member } from '@/lib/tenancy/member'
import { ImportDialog } from '../../imports/import-dialog'
import { dialogTarget } from '@/lib/imports/dialog-target'
import { ExportMenu } from '../../exports/export-menu'
import { Presence } from '../../presence'
import { NewTaskDialog } from '../../tasks/new-task-dialog'
import type { TaskChoices } from '../../tasks/task-fields'
import { VisibilityBadge } from '../visibility'
import { ProjectMenu } from './project-menu'
import { ShareDialog } from './share-dialog'

type Props = { member: Member; project: Project; shares: Share[]; teams: { id: string; name: string }[]; choices: TaskChoices; seen: Seen; view: 'list' | 'board' | 'timeline' | 'calendar' | 'overview' | 'notebook' }

export function ProjectHeader({ seen, member, project, shares, teams, choices, view }: Props) {
  const base = `/${member.organization.slug}/projects`
  const path = `${base}/${project.slug}`
  const { id, name, key, description, colour, status, version, containerVersion, access } = project
  const mayAdd = access.canEdit && status === 'active' && member.role !== 'field'
  return (
    <>
      <PageHeader
        title={name}
        breadcrumbs={[{ label: 'Projects', href: base }]}
        badge={
          <span className="flex gap-1.5">
            <Badge dot={colour}>{key}</Badge>
            <VisibilityBadge visibility={project.visibility} teamName={project.visibility === 'team' ? project.teamName : null} />
            {status !== 'active' && <Badge tone="warning">{status}</Badge>}
          </span>
        }
        description={description}
        actions={
          <>
            {mayAdd && <ImportDialog target={dialogTarget('tasks')} projectId={id} />}
            <ExportMenu list="tasks" fixed={{ project: id }} />
            {access.canManage && (
              <ShareDialog
                project={{ id, version: containerVersion, visibility: project.visibility, defaultAccess: project.defaultAccess, teamId: project.teamId, ownerName: project.ownerName, ownerUserId: project.ownerUserId, logReads: project.logReads }}
                shares={shares} teams={teams} members={choices.members}
              />
            )}
            {access.canManage && (
              <ProjectMenu
                path={path} mayDelete={can(member.role, 'projects:delete')}
                project={{ id, key, version, name, description, colour, status, startsOn: project.startsOn?.toISOString().slice(0, 10) ?? '', targetOn: project.targetOn?.toISOString().slice(0, 10) ?? '' }}
              />
            )}
            {mayAdd && <NewTaskDialog projects={[{ id, name, key }]} choices={choices} initial={{ projectId: id }} />}
          </>
        }
      />
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <Segmented
          label="View"
          options={[
            { href: path, label: 'List', current: view === 'list' }, { href: `${path}/board`, label: 'Board', current: view === 'board' },
            { href: `${path}/timeline`, label: 'Timeline', current: view === 'timeline' }, { href: `${path}/calendar`, label: 'Calendar', current: view === 'calendar' },
            { href: `${path}/overview`, label: 'Overview', current: view === 'overview' }, { href: `${path}/notebook`, label: 'Notebook', current: view === 'notebook' },
          ]}
        />
        <Presence projectId={id} />
        <LiveProject id={id} seen={seen} />
      </div>
    </>
  )
}
