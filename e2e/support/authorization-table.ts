import type { MemberRole } from './actors'

export type ByRole = Record<MemberRole, number>
export type Route = { path: (organization: string) => string; members: ByRole; outsiders: number; signedOut: number }

export const everyone = (status: number): ByRole => ({ owner: status, admin: status, manager: status, member: status, field: status, viewer: status })
const inside = (path: string, members: Partial<ByRole> = {}): Route => ({ path: (organization) => `/${organization}${path}`, members: { ...everyone(200), ...members }, outsiders: 404, signedOut: 307 })
const ADMINS_ONLY = { manager: 403, member: 403, field: 403, viewer: 403 }
// Field members see the projects they are listed on, and this one they are not.
const NOT_FIELD = { field: 404 }

/** What each page and route answers. Its path is built for an organization, so that the same one is tried in another. */
const open = (path: string, status = 200): Route => ({ path: () => path, members: everyone(status), outsiders: status, signedOut: status })
/** A page of one's own, whoever one is. */
const own = (path: string, status = 200): Route => ({ path: () => path, members: everyone(status), outsiders: status, signedOut: 307 })

export const ROUTES: Record<string, Route> = {
  '/page': { path: () => '/', members: everyone(307), outsiders: 307, signedOut: 307 },
  '/(public)/sign-in/page': { path: () => '/sign-in', members: everyone(307), outsiders: 307, signedOut: 200 },
  '/(public)/sign-up/page': open('/sign-up'),
  '/(public)/sign-up/[token]/page': open(`/sign-up/${'no-such-link'.padEnd(43, '-')}`, 410),
  '/(public)/forgot-password/page': open('/forgot-password'),
  '/(public)/reset-password/[token]/page': open(`/reset-password/${'no-such-link'.padEnd(43, '-')}`, 410),
  '/(public)/verify/[token]/page': open(`/verify/${'no-such-link'.padEnd(43, '-')}`),
  '/(public)/invitations/[token]/page': open(`/invitations/CPPRXF4W6.${'no-such-link'.padEnd(43, '-')}`, 410),
  // Each client here comes from another machine; the journeys read it on this one.
  '/(public)/mailbox/page': open('/mailbox', 404),
  '/(account)/account/page': own('/account'),
  '/(account)/account/security/page': own('/account/security'),
  '/(account)/account/sessions/page': own('/account/sessions'),
  '/(account)/account/log/page': own('/account/log'),
  '/(account)/account/notifications/page': own('/account/notifications'),
  '/(account)/account/data/page': own('/account/data'),
  '/(account)/join/page': own('/join'),
  '/(account)/new-password/page': own('/new-password'),
  '/(account)/second-factor/page': own('/second-factor', 307),
  '/(account)/organizations/new/page': own('/organizations/new'),
  '/(account)/welcome/[organization]/page': { path: (organization) => `/welcome/${organization}`, members: everyone(307), outsiders: 404, signedOut: 307 },
  // Access tokens only: a browser's session says nothing here.
  '/api/v1/auth/[operation]/route': open('/api/v1/auth/me', 401),
  '/api/v1/avatars/[person]/route': { ...own('/api/v1/avatars/018f0000-0000-7000-8000-00000000ffff', 404), signedOut: 401 },
  '/(account)/organizations/page': { path: () => '/organizations', members: everyone(200), outsiders: 200, signedOut: 307 },
  '/api/auth/[...nextauth]/route': { path: () => '/api/auth/csrf', members: everyone(200), outsiders: 200, signedOut: 200 },
  '/api/ready/route': open('/api/ready'),
  // No token is set in the tests.
  '/api/metrics/route': open('/api/metrics', 404),
  '/api/health/route': { path: () => '/api/health', members: everyone(200), outsiders: 200, signedOut: 200 },
  '/icon.svg/route': { path: () => '/icon.svg', members: everyone(200), outsiders: 200, signedOut: 200 },
  // It has none.
  '/api/v1/[organization]/logo/route': { path: (organization) => `/api/v1/${organization}/logo`, members: everyone(404), outsiders: 404, signedOut: 401 },
  '/api/v1/archives/route': { path: () => '/api/v1/archives', members: everyone(405), outsiders: 405, signedOut: 405 },
  '/(account)/prove/page': own('/prove'),
  '/api/v1/[organization]/search/route': { path: (organization) => `/api/v1/${organization}/search?q=spring`, members: everyone(200), outsiders: 404, signedOut: 401 },
  // It is posted to.
  '/api/v1/[organization]/presence/route': { path: (organization) => `/api/v1/${organization}/presence`, members: everyone(405), outsiders: 404, signedOut: 401 },
  '/api/v1/[organization]/task-choices/route': { path: (organization) => `/api/v1/${organization}/task-choices?q=spring`, members: everyone(200), outsiders: 404, signedOut: 401 },
  // A job is its requester's own: nobody else's is there.
  '/api/v1/[organization]/jobs/[job]/route': { path: (organization) => `/api/v1/${organization}/jobs/018f0000-0000-7000-8000-00000000ffff`, members: everyone(404), outsiders: 404, signedOut: 401 },
  '/api/v1/[organization]/attachments/route': { path: (organization) => `/api/v1/${organization}/attachments?task=018f0000-0000-7000-8000-00000000ffff`, members: everyone(200), outsiders: 404, signedOut: 401 },
  '/api/v1/[organization]/attachments/[attachment]/route': { path: (organization) => `/api/v1/${organization}/attachments/018f0000-0000-7000-8000-00000000ffff`, members: everyone(404), outsiders: 404, signedOut: 401 },
  '/api/v1/[organization]/exports/[list]/route': { path: (organization) => `/api/v1/${organization}/exports/tasks?format=csv`, members: everyone(200), outsiders: 404, signedOut: 401 },
  '/api/v1/[organization]/exports/files/[export]/route': { path: (organization) => `/api/v1/${organization}/exports/files/018f0000-0000-7000-8000-00000000ffff`, members: everyone(404), outsiders: 404, signedOut: 401 },
  '/[organization]/print/[list]/page': inside('/print/tasks'),
  '/api/v1/[organization]/imports/route': { path: (organization) => `/api/v1/${organization}/imports`, members: { ...everyone(200), field: 403, viewer: 403 }, outsiders: 404, signedOut: 401 },
  '/api/v1/[organization]/imports/[batch]/route': { path: (organization) => `/api/v1/${organization}/imports/018f0000-0000-7000-8000-00000000ffff`, members: everyone(404), outsiders: 404, signedOut: 401 },
  '/api/v1/[organization]/imports/[batch]/errors/route': { path: (organization) => `/api/v1/${organization}/imports/018f0000-0000-7000-8000-00000000ffff/errors`, members: everyone(404), outsiders: 404, signedOut: 401 },
  '/[organization]/settings/data/page': inside('/settings/data'),
  '/[organization]/settings/data/[batch]/page': inside('/settings/data/018f0000-0000-7000-8000-00000000ffff', { owner: 404, admin: 404, manager: 404, member: 404, field: 403, viewer: 403 }),
  // Every call behind it is tried in lib/operations/operations.test.ts.
  '/api/v1/[organization]/[...path]/route': { path: (organization) => `/api/v1/${organization}/projects`, members: everyone(200), outsiders: 404, signedOut: 401 },
  // API keys only: a browser's session says nothing here.
  '/api/mcp/route': open('/api/mcp', 401),
  '/api/v1/[organization]/me/route': { path: (organization) => `/api/v1/${organization}/me`, members: everyone(200), outsiders: 404, signedOut: 401 },
  // Without `once` it does not end.
  '/api/v1/[organization]/live/route': { path: (organization) => `/api/v1/${organization}/live?once=1`, members: everyone(200), outsiders: 404, signedOut: 401 },
  '/[organization]/inbox/page': inside('/inbox'),
  '/[organization]/page': inside(''),
  '/[organization]/labels/page': inside('/labels'),
  '/[organization]/templates/page': inside('/templates'),
  '/[organization]/calendar/page': inside('/calendar'),
  '/[organization]/workload/page': inside('/workload'),
  '/[organization]/reports/page': inside('/reports'),
  '/[organization]/ideas/page': inside('/ideas'),
  '/[organization]/ideas/[idea]/page': inside('/ideas/018f0000-0000-7000-8000-00000000ffff', everyone(404)),
  '/[organization]/notebook/page': inside('/notebook'),
  '/[organization]/notebook/[entry]/page': inside('/notebook/018f0000-0000-7000-8000-00000000ffff', everyone(404)),
  '/[organization]/projects/[project]/activity/page': inside('/projects/spring-campaign/activity', { member: 403, viewer: 403, ...NOT_FIELD }),
  '/[organization]/projects/[project]/notebook/page': inside('/projects/spring-campaign/notebook', NOT_FIELD),
  '/api/v1/[organization]/notebook/route': { path: (organization) => `/api/v1/${organization}/notebook?level=organization&format=md`, members: everyone(200), outsiders: 404, signedOut: 401 },
  '/[organization]/next/page': inside('/next'),
  '/[organization]/search/page': inside('/search?q=spring'),
  '/[organization]/tasks/page': inside('/tasks'),
  '/[organization]/trash/page': inside('/trash'),
  '/[organization]/projects/page': inside('/projects'),
  '/[organization]/projects/[project]/page': inside('/projects/spring-campaign', NOT_FIELD),
  '/[organization]/projects/[project]/board/page': inside('/projects/spring-campaign/board', NOT_FIELD),
  '/[organization]/projects/[project]/timeline/page': inside('/projects/spring-campaign/timeline', NOT_FIELD),
  '/[organization]/projects/[project]/calendar/page': inside('/projects/spring-campaign/calendar', NOT_FIELD),
  '/[organization]/projects/[project]/overview/page': inside('/projects/spring-campaign/overview', NOT_FIELD),
  // Members see this project and do not manage it.
  '/[organization]/projects/[project]/access/page': inside('/projects/spring-campaign/access', { member: 403, viewer: 403, ...NOT_FIELD }),
  '/[organization]/projects/[project]/tasks/[number]/page': inside('/projects/spring-campaign/tasks/1', NOT_FIELD),
  '/[organization]/settings/page': inside('/settings'),
  '/[organization]/settings/members/page': inside('/settings/members'),
  '/[organization]/settings/members/[member]/page': inside('/settings/members/no-such-member', everyone(404)),
  '/[organization]/settings/profile/page': inside('/settings/profile', ADMINS_ONLY),
  '/[organization]/settings/security/page': inside('/settings/security', ADMINS_ONLY),
  '/[organization]/settings/danger/page': inside('/settings/danger', ADMINS_ONLY),
  '/[organization]/settings/modules/page': inside('/settings/modules', ADMINS_ONLY),
  '/[organization]/settings/plan/page': inside('/settings/plan', ADMINS_ONLY),
  '/[organization]/settings/access/page': inside('/settings/access', ADMINS_ONLY),
  '/[organization]/settings/invitations/page': inside('/settings/invitations', ADMINS_ONLY),
  '/[organization]/settings/roles/page': inside('/settings/roles'),
  '/[organization]/settings/teams/page': inside('/settings/teams'),
  '/[organization]/settings/teams/[team]/page': inside('/settings/teams/018f0000-0000-7000-8000-00000000ffff', everyone(404)),
  '/[organization]/settings/api-keys/page': inside('/settings/api-keys', { field: 403, viewer: 403 }),
  '/[organization]/settings/support/page': inside('/settings/support', ADMINS_ONLY),
  '/api/v1/[organization]/isolation/route': { path: (organization) => `/api/v1/${organization}/isolation`, members: { ...everyone(200), ...ADMINS_ONLY }, outsiders: 404, signedOut: 401 },
  '/[organization]/settings/audit/page': inside('/settings/audit', ADMINS_ONLY),
  '/[organization]/settings/audit/[event]/page': inside('/settings/audit/no-such-event', everyone(404)),
  '/[organization]/settings/isolation/page': inside('/settings/isolation', ADMINS_ONLY),
}
