// What the running of the installation adds to the authorization table: probes for everybody, pages and acts of the console for nobody here.
const ROLES = ['owner', 'admin', 'manager', 'member', 'field', 'viewer'] as const
const everyone = (status: number) => Object.fromEntries(ROLES.map((role) => [role, status])) as Record<(typeof ROLES)[number], number>
const open = (path: string, status = 200) => ({ path: (_organization: string) => path, members: everyone(status), outsiders: status, signedOut: status })
const ofTheConsole = (path: string) => ({ path: (_organization: string) => path, members: everyone(404), outsiders: 404, signedOut: 307 })

export const OPERATIONS_ROUTES = {
  '/api/ready/route': open('/api/ready'),
  // No token is set in the tests.
  '/api/metrics/route': open('/api/metrics', 404),
  '/admin/health/page': ofTheConsole('/admin/health'),
  '/admin/jobs/page': ofTheConsole('/admin/jobs'),
  '/admin/load/page': ofTheConsole('/admin/load'),
  '/admin/statements/page': ofTheConsole('/admin/statements'),
  '/admin/storage/page': ofTheConsole('/admin/storage'),
}

const job = () => ({ organization: '018f0000-0000-7000-8000-00000000ffff', id: '018f0000-0000-7000-8000-00000000ffff' })

/** Acts of super-admins: for everybody else there is nothing there. */
export const OPERATIONS_ACTIONS = {
  'app/admin/jobs/actions.ts#retryJob': { input: job, status: 404 },
  'app/admin/jobs/actions.ts#stopJob': { input: job, status: 404 },
}
