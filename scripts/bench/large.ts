import type pg from 'pg'
import { withClient } from '../database/connect.ts'
import { benchId } from './fill.ts'
import { ratioRow, type Row } from './table.ts'
import type { Worker } from './databases.ts'
import type { WorkName } from './work.ts'

/** Two organizations beside the others: one with a hundred thousand tasks, one with a thousand. */
const LARGE = 2
const SMALL = 3
const TASKS = { [LARGE]: 100_000, [SMALL]: 1_000 }
const PERSON = 3
const WORKS: { work: WorkName; what: string; goal?: number }[] = [
  { work: 'list', what: 'list', goal: 2 },
  { work: 'sort due', what: 'list by due date', goal: 2 },
  { work: 'mine', what: 'list of my open tasks', goal: 2 },
  { work: 'groups', what: 'list in groups by person' },
  { work: 'my work', what: 'my work' },
  { work: 'work report', what: 'my work of the reports' },
  { work: 'held', what: 'blocked and overdue' },
  { work: 'calendar', what: 'calendar of a month' },
  { work: 'board', what: 'board of a project', goal: 2 },
  { work: 'next task', what: 'next task', goal: 2 },
  { work: 'next of project', what: 'next task of a project', goal: 2 },
  { work: 'first keystroke', what: 'search, the first keystroke', goal: 2 },
  { work: 'search', what: 'search, two words', goal: 2 },
  { work: 'search typo', what: 'search, a slip of the fingers', goal: 2 },
  { work: 'bulk', what: 'bulk edit of 1,000 tasks' },
]

const id = (prefix: string, number: string) => `('${prefix}-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`
const [TASK, DOCUMENT, OTHER] = ['01900000-0013', '01900000-0014', '01900000-0015']

// Three projects, a tenth of the tasks under way, a tenth blocked, a fifth open and to do, every seventh waiting for another, every two hundredth a part of another that names nobody.
const STATEMENTS = [
  `INSERT INTO tasks (tenant_id, id, project_id, number, position, title, description, status, priority, priority_rank, due_on, parent_id, blocked_at, completion_summary, created_by, created_at, updated_at)
   SELECT $1, ${id(TASK, '$2::bigint * 1000000 + t')}, c.id, 1000 + t, 1000 + t, 'Replace the filter of unit ' || t, repeat('Words. ', 12), s.status, p.priority, p.rank,
          CASE WHEN t % 3 > 0 THEN date '2026-11-01' + t * 11 % 90 END,
          CASE WHEN t % 200 = 0 THEN ${id(TASK, '$2::bigint * 1000000 + t - 3')} END, CASE WHEN s.status = 'blocked' THEN timestamptz '2026-01-03' + t * interval '3 minutes' END, CASE WHEN s.status = 'done' THEN 'Done' END, m.user_id, timestamptz '2026-01-01' + t * interval '3 minutes', timestamptz '2026-01-02' + t * interval '3 minutes'
     FROM generate_series(1, $3::int) t
     JOIN LATERAL (SELECT id FROM containers WHERE tenant_id = $1 ORDER BY id OFFSET t % 3 LIMIT 1) c ON true
     CROSS JOIN LATERAL (SELECT ('{todo,todo,in_progress,review,blocked,done,done,done,done,done}'::text[])[t % 10 + 1] AS status) s
     CROSS JOIN LATERAL (SELECT ('{critical,urgent,high,medium,low}'::text[])[t * 7 % 5 + 1] AS priority, (t * 7 % 5)::smallint AS rank) p
     JOIN LATERAL (SELECT user_id FROM memberships WHERE tenant_id = $1 ORDER BY user_id OFFSET t % 4 LIMIT 1) m ON true`,
  `INSERT INTO task_assignees (tenant_id, id, project_id, task_id, user_id) SELECT $1, ${id(OTHER, '$2::bigint * 1000000 + t.number')}, t.project_id, t.id, t.created_by FROM tasks t WHERE t.tenant_id = $1 AND t.number > 1000 AND t.number % 5 > 0 AND $3::int > 0`,
  `INSERT INTO task_status_changes (tenant_id, id, project_id, task_id, from_status, to_status, actor_user_id, at)
   SELECT $1, ${id(OTHER, '$2::bigint * 1000000 + 800000 + t.number')}, t.project_id, t.id, 'in_progress', 'blocked', t.created_by, t.updated_at + interval '1 day' FROM tasks t WHERE t.tenant_id = $1 AND t.number > 1000 AND (t.status = 'blocked' OR t.number % 3 = 0) AND $3::int > 0`,
  `INSERT INTO task_dependencies (tenant_id, id, project_id, task_id, depends_on_id)
   SELECT $1, ${id(OTHER, '$2::bigint * 1000000 + 500000 + t.number')}, t.project_id, t.id, n.id FROM tasks t JOIN tasks n ON n.tenant_id = $1 AND n.project_id = t.project_id AND n.number = t.number - 3 WHERE t.tenant_id = $1 AND t.number % 7 = 0 AND t.number > 1010 AND $3::int > 0`,
  `INSERT INTO search_documents (tenant_id, id, entity_kind, entity_id, title, container_id) SELECT $1, ${id(DOCUMENT, '$2::bigint * 1000000 + t.number')}, 'task', t.id, t.title, t.project_id FROM tasks t WHERE t.tenant_id = $1 AND t.number > 1000 AND $3::int > 0`,
  `INSERT INTO search_tokens (tenant_id, id, document_id, token, weight, container_id)
   SELECT $1, ${id(OTHER, '$2::bigint * 10000000 + 5000000 + t.number * 2 + w')}, ${id(DOCUMENT, '$2::bigint * 1000000 + t.number')}, CASE w WHEN 0 THEN 'filter' ELSE 'unit' || t.number END, 4, t.project_id
     FROM tasks t, generate_series(0, 1) w WHERE t.tenant_id = $1 AND t.number > 1000 AND $3::int > 0`,
]

export async function fillLarge(url: string): Promise<void> {
  await withClient(url, async (client: pg.Client) => {
    await client.query('SET session_replication_role = replica; SET row_security = off')
    for (const [organization, count] of Object.entries(TASKS)) for (const statement of STATEMENTS) await client.query(statement, [benchId('organization', Number(organization)), Number(organization), count])
    await client.query('VACUUM ANALYZE')
  })
}

/** Rows f: the same piece of work in the large organization and in the small one, in turns. */
export async function measureLarge(worker: Worker, rounds: number): Promise<Row[]> {
  const rows: Row[] = []
  for (const { work, what, goal } of WORKS) {
    const times: [number[], number[]] = [[], []]
    for (let round = -3; round < rounds; round++) {
      const [took] = await worker.ask<number[][]>({ do: 'time', ways: ['tenant'], work, organizations: [LARGE, SMALL], person: PERSON })
      if (round >= 0) for (const side of [0, 1] as const) times[side].push(took![side]!)
    }
    rows.push(ratioRow(`f  ${what}, 100,000 tasks : 1,000`, times, goal))
  }
  return rows
}
