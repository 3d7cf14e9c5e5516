import type { Priority, Status } from '@/lib/tasks/rules'

/** What the demo organizations work on. `due` and `done` are days from today in the organization's time zone. */
export type DemoTask = { title: string; description?: string; status: Status; priority: Priority; due?: number; done?: number; assignees?: string[]; labels?: string[]; estimate?: string; subtasks?: DemoTask[]; comments?: [string, string][]; /** It was blocked for a while before it was done. */ wasBlocked?: true }
export type DemoProject = { slug: string; name: string; description: string; owner: string; visibility: 'private' | 'team' | 'organization'; team?: string; colour: `#${string}`; target?: number; teams?: string[]; streams?: string[]; goals?: string[]; /** Places of tasks: the first waits for the second. */ waits?: [number, number][]; tasks: DemoTask[] }
export type DemoContent = { teams: Record<string, string[]>; labels: [string, `#${string}`][]; projects: DemoProject[] }

const VERBS = ['Draft', 'Review', 'Fix', 'Measure', 'Document', 'Rename', 'Simplify', 'Test', 'Prepare', 'Agree on', 'Migrate', 'Clean up', 'Publish']
const THINGS = ['the sign-up form', 'invoice export', 'the release checklist', 'search results', 'onboarding mail', 'the colour tokens', 'error pages', 'nightly backups', 'the pricing page', 'keyboard shortcuts', 'the status board', 'image uploads', 'access rules', 'the change log', 'mobile navigation', 'time zone handling', 'the style guide']

/** The same order every time: a small generator instead of chance. */
function* titles(): Generator<string> {
  for (let n = 0; ; n++) yield `${VERBS[n % VERBS.length]} ${THINGS[(n * 5 + Math.floor(n / VERBS.length)) % THINGS.length]}`
}

const repeat = <T>(counts: [T, number][]): T[] => counts.flatMap(([value, count]) => Array.from({ length: count }, () => value))

/** 130 tasks for Fern & Forge: 95 with 35 subtasks under ten of them; every status and priority in fixed numbers. */
function fernAndForge(): DemoProject[] {
  const title = titles()
  const priorities = repeat<Priority>([['critical', 8], ['urgent', 17], ['high', 35], ['medium', 50], ['low', 20]])
  // 37 shares no factor with 130, so the priorities are mixed and none is used twice.
  const priority = (n: number) => priorities[(n * 37) % priorities.length]!
  const people = ['Ada Moss', 'Felix Baum', 'Kit Rowe']
  const subtaskStatuses = repeat<Status>([['done', 12], ['todo', 15], ['in_progress', 5], ['review', 3]])
  const statuses = repeat<Status>([['in_progress', 13], ['todo', 25], ['blocked', 9], ['review', 5], ['testing', 7], ['done', 22], ['cancelled', 6], ['archived', 8]])
  let n = 0
  const make = (status: Status, assignee: string): DemoTask => {
    const index = n++
    const isOpen = ['todo', 'in_progress', 'blocked', 'review', 'testing'].includes(status)
    return { title: title.next().value!, status, priority: priority(index), assignees: index % 7 === 6 ? [] : [assignee], labels: index % 4 === 0 ? ['bug'] : index % 5 === 0 ? ['customer'] : [], due: isOpen && index % 3 === 0 ? 2 + (index % 20) : undefined, done: status === 'done' || status === 'archived' ? -1 - (index % 60) : undefined, estimate: index % 2 ? 'small' : undefined }
  }
  const tops = statuses.map((status, index) => make(status, people[index % people.length]!))
  for (const task of tops.slice(13, 19)) task.due = -1 - tops.indexOf(task) % 5
  subtaskStatuses.forEach((status, index) => (tops[index % 10]!.subtasks ??= []).push(make(status, people[index % people.length]!)))
  tops[0]!.description = 'One page, three fields, and a sentence for each error. Nothing to show yet: say so, and offer the first step.'
  tops[0]!.comments = [['Ada Moss', 'The first half is ready to look at.'], ['Felix Baum', 'Looks good. One question about the empty state.'], ['Ada Moss', 'Answered in the description.']]
  tops.find(({ status }) => status === 'done')!.wasBlocked = true
  const own = (from: number, to: number) => tops.slice(from, to)
  // What is to do waits for what is under way; the first of them for each other, in a chain.
  const waitsIn = (tasks: DemoTask[], chain: number, others: number): [number, number][] => {
    const at = (...statuses: Status[]) => tasks.flatMap((task, index) => (statuses.includes(task.status) ? [index] : []))
    const [waiting, begun] = [at('todo', 'review', 'testing'), at('in_progress')]
    return [...Array.from({ length: chain }, (_, n): [number, number] => [waiting[n]!, waiting[n + 1]!]), ...Array.from({ length: others }, (_, n): [number, number] => [waiting[(chain + 1 + n) % waiting.length]!, begun[n % begun.length]!])]
  }
  const [website, mobile, lab] = [[...own(0, 6), ...own(13, 47)], [...own(6, 10), ...own(47, 80)], [...own(10, 13), ...own(80, 95)]]
  return [
    { slug: 'website-relaunch', name: 'Website relaunch', description: 'A faster site that says what we do.', owner: 'Ada Moss', visibility: 'organization', colour: '#2563eb', target: 45, streams: ['Content', 'Design', 'Search and speed', 'Launch'], goals: ['Twice as fast as today', 'Every page says what to do next', 'Found by whoever looks for us'], waits: waitsIn(website, 4, 12), tasks: website },
    { slug: 'mobile-app', name: 'Mobile app', description: 'The same product in a pocket.', owner: 'Felix Baum', visibility: 'team', team: 'Platform', colour: '#0f766e', target: 90, streams: ['Screens', 'Offline', 'Store release'], goals: ['In both stores', 'Works without a network'], waits: waitsIn(mobile, 2, 4), tasks: mobile },
    { slug: 'kits-lab', name: "Kit's lab", description: 'Experiments that are not ready to be seen.', owner: 'Kit Rowe', visibility: 'private', colour: '#7c3aed', streams: ['Experiments', 'Notes'], tasks: lab.map(({ assignees, ...task }) => ({ ...task, assignees: assignees?.length ? ['Kit Rowe'] : [] })) },
  ]
}

const task = (title: string, status: Status, priority: Priority, rest: Partial<DemoTask> = {}): DemoTask => ({ title, status, priority, ...rest })

export const content: Record<string, DemoContent> = {
  northline: {
    teams: { Office: ['Tomas Lind', 'Gwen Abara', 'Priya Raman'], 'Crew North': ['Dale Kowalski', 'Sam Ortiz', 'Lee Novak'], 'Crew South': ['Ruth Bell', 'Ivo Petrov', 'Noor Haddad'] },
    labels: [['safety', '#b91c1c'], ['equipment', '#475569'], ['bug', '#b45309']],
    projects: [
      {
        slug: 'winter-readiness', name: 'Winter readiness', description: 'Everything that must be done before the first snow.', owner: 'Gwen Abara', visibility: 'organization', colour: '#0369a1', target: 30, teams: ['Crew North', 'Crew South'], streams: ['Equipment', 'People', 'Sites'], goals: ['Ready before the first snow'], waits: [[9, 3], [7, 4]],
        tasks: [
          task('Stake the curbs at every property', 'in_progress', 'high', { due: 3, assignees: ['Dale Kowalski', 'Sam Ortiz'], labels: ['safety'], estimate: '3d', comments: [['Gwen Abara', 'North area first, please.'], ['Dale Kowalski', 'Two streets left.']] }),
          task('Order bulk salt for the season', 'done', 'critical', { done: -6, assignees: ['Tomas Lind'] }),
          task('Calibrate the spreaders', 'todo', 'urgent', { due: 0, assignees: ['Gwen Abara'], labels: ['equipment'], subtasks: [task('Plow truck', 'done', 'medium', { done: -1 }), task('Salt truck', 'todo', 'medium'), task('Hand spreaders', 'todo', 'low')] }),
          task('Replace worn cutting edges', 'blocked', 'high', { due: -2, assignees: ['Ruth Bell'], labels: ['equipment'] }),
          task('Walk every site with the crews', 'in_progress', 'high', { due: 7, assignees: ['Priya Raman'] }),
          task('Update the emergency contact list', 'review', 'medium', { due: 2, assignees: ['Gwen Abara'] }),
          task('Collect insurance certificates of subcontractors', 'todo', 'urgent', { due: -1, assignees: ['Priya Raman'] }),
          task('Print site maps for the trucks', 'testing', 'low', { assignees: ['Gwen Abara'] }),
          task('Agree on start times with the clinics', 'done', 'high', { done: -12, assignees: ['Tomas Lind'] }),
          task('Test the loader block heater', 'todo', 'medium', { due: 5, assignees: ['Ruth Bell'], labels: ['equipment'] }),
          task('Rent a second skid steer', 'cancelled', 'low'),
        ],
      },
      {
        slug: 'office-move', name: 'Office move', description: 'Terms and dates, for the office only.', owner: 'Tomas Lind', visibility: 'team', team: 'Office', colour: '#b45309',
        tasks: [task('Compare three leases', 'in_progress', 'high', { due: 10, assignees: ['Tomas Lind'] }), task('Plan the desks', 'todo', 'low', { assignees: ['Gwen Abara'] })],
      },
    ],
  },
  marlow: {
    teams: {}, labels: [['house', '#0f766e']],
    projects: [{ slug: 'kitchen', name: 'Kitchen renovation', description: 'From the first sketch to the last tile.', owner: 'Priya Raman', visibility: 'organization', colour: '#be185d', tasks: [task('Choose the worktop', 'in_progress', 'high', { due: 4, assignees: ['Priya Raman'] }), task('Get two quotes for the floor', 'todo', 'medium', { due: 9, assignees: ['Jonas Raman'] }), task('Sell the old table', 'done', 'low', { done: -3, assignees: ['Jonas Raman'] })] }],
  },
  copperleaf: {
    teams: { Editors: ['Ines Duarte', 'Otto Weber'] }, labels: [['spring', '#4d7c0f'], ['bug', '#7c3aed']],
    projects: [{ slug: 'spring-campaign', name: 'Spring campaign', description: 'Themes, texts and pictures for spring.', owner: 'Otto Weber', visibility: 'organization', colour: '#be185d', target: 40, tasks: [task('Write the opening series', 'in_progress', 'high', { due: 1, assignees: ['Rosa Quist'], labels: ['spring'] }), task('Pick photographs', 'todo', 'medium', { due: 6, assignees: ['Rosa Quist'] }), task('Approve the calendar', 'review', 'urgent', { due: 0, assignees: ['Otto Weber'] }), task('Book the studio', 'done', 'medium', { done: -5, assignees: ['Ines Duarte'] })] }],
  },
  sentinel: {
    teams: {}, labels: [['signal', '#0f766e']],
    projects: [{ slug: 'source-review', name: 'Source review', description: 'Which sources to keep for next year.', owner: 'Chidi Okafor', visibility: 'organization', colour: '#0f766e', tasks: [task('Rate the energy sources', 'in_progress', 'high', { due: 2, assignees: ['Chidi Okafor', 'Eun-ji Han'] }), task('Drop silent feeds', 'todo', 'low', { assignees: ['Eun-ji Han'] }), task('Describe the method', 'review', 'medium', { due: 8, assignees: ['Chidi Okafor'] })] }],
  },
  'fern-forge': { teams: { Platform: ['Ada Moss', 'Felix Baum'] }, labels: [['bug', '#b91c1c'], ['customer', '#2563eb']], projects: fernAndForge() },
  'legacy-import': {
    // The twin: the same names, slugs, keys and numbers as elsewhere, with other content.
    teams: { Platform: ['Pat Doyle'], Office: ['Vera Lunt'] }, labels: [['bug', '#0f766e'], ['customer', '#be185d']],
    projects: [
      { slug: 'website-relaunch', name: 'Website relaunch', description: 'The twin of another organization, with other content.', owner: 'Vera Lunt', visibility: 'organization', colour: '#be185d', tasks: [task('Draft the sign-up form', 'todo', 'low', { assignees: ['Vera Lunt'], labels: ['bug'] }), task('Review nightly backups', 'in_progress', 'medium', { due: 3, assignees: ['Pat Doyle'] }), task('Archive the old wiki', 'done', 'low', { done: -20 })] },
      { slug: 'imported-tasks', name: 'Imported tasks', description: 'Rows without a known owner. Visible to nobody until assigned.', owner: 'Unassigned', visibility: 'private', colour: '#475569', tasks: Array.from({ length: 12 }, (_, index) => task(`Imported task ${index + 1}`, 'todo', 'medium')) },
    ],
  },
  'adas-workspace': {
    teams: {}, labels: [['garden', '#4d7c0f']],
    projects: [{ slug: 'home', name: 'Home', description: '', owner: 'Ada Moss', visibility: 'private', colour: '#0369a1', tasks: ['Renew the passport', 'Book the dentist', 'Plant garlic', 'Back up the photos', 'Return library books', 'Fix the gate', 'Write to Felix', 'Sort the shed', 'Plan the trip', 'Clean the gutters', 'Learn the new chord'].map((title, index) => task(title, index % 4 === 3 ? 'done' : 'todo', index % 3 ? 'medium' : 'high', { due: index % 2 ? index - 1 : undefined, done: index % 4 === 3 ? -index : undefined, assignees: ['Ada Moss'] })) }],
  },
  'quiet-harbor': { teams: {}, labels: [], projects: [{ slug: 'harbor-log', name: 'Harbor log', description: 'Paused.', owner: 'Omar Reyes', visibility: 'organization', colour: '#475569', tasks: ['Paint the buoys', 'Count the moorings', 'Order rope', 'Mend the jetty', 'Write the tide table'].map((title) => task(title, 'todo', 'medium', { assignees: ['Omar Reyes'] })) }] },
}
