import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { ExplainedMember } from '@/lib/explain-access/explain-access'
import { explain, LEVEL_WORDS } from '@/lib/explain-access/words'

type Props = {
  path: string
  members: { userId: string; name: string }[]
  projects: { id: string; slug: string; name: string }[]
  question: { person: string; project: string; task: string }
  answer?: ExplainedMember
  task: string | null
}

/** A person, a project or a task of it, and why they see it or not. Only projects that the asker manages are offered. */
export function AccessQuestion({ path, members, projects, question, answer, task }: Props) {
  if (projects.length === 0) return <p className="text-text-muted">You manage no project. Whoever manages one can tell you who sees it.</p>
  const project = projects.find(({ id }) => id === question.project)
  return (
    <>
      <form action={path} className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_8rem_auto]">
        <Field label="Person" required><Select name="person" defaultValue={question.person} options={[{ value: '', label: 'Choose…' }, ...members.map(({ userId, name }) => ({ value: userId, label: name }))]} /></Field>
        <Field label="Project" required><Select name="project" defaultValue={question.project} options={[{ value: '', label: 'Choose…' }, ...projects.map(({ id, name }) => ({ value: id, label: name }))]} /></Field>
        <Field label="Task no."><Input name="task" inputMode="numeric" defaultValue={question.task} autoComplete="off" /></Field>
        <Button type="submit">Explain</Button>
      </form>
      {answer && (
        <div role="status" className="mt-4 flex flex-col gap-1 rounded-md border bg-surface-sunken p-4">
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{answer.name}</span>
            <Badge tone={answer.level === 0 ? 'neutral' : 'success'}>{LEVEL_WORDS[answer.level]}</Badge>
            <span className="text-text-muted">{task ?? project?.name}</span>
          </p>
          <p>{explain(answer)}{task && ' A task is seen by whoever sees its project.'}{answer.role === 'field' && answer.level > 1 && ' As a field worker they move tasks that are assigned to them, and comment.'}</p>
          {project && <p><AppLink href={`${path.replace(/\/settings\/roles$/, '')}/projects/${project.slug}/access`} className="underline">Everybody’s access to {project.name}</AppLink></p>}
        </div>
      )}
    </>
  )
}
