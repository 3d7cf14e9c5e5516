import { v7 } from '../../lib/uuid'
import { type ByRole, everyone } from './authorization-table'
import type { Samples } from './samples'

type Action = { input: (rows: Samples) => Record<string, unknown> | Promise<Record<string, unknown>>; allowed: ByRole; fresh: boolean; hasIds: boolean }

const WRITERS = { ...everyone(200), viewer: 403 }
const action = (allowed: Partial<ByRole>, input: Action['input'], hasIds = true): Action => ({ input, allowed: { ...WRITERS, ...allowed }, fresh: true, hasIds })
const [TASKS, FILES] = ['app/[organization]/tasks/actions.ts#', 'app/[organization]/tasks/attachment-actions.ts#']
const [PROJECTS, LABELS] = ['app/[organization]/projects/actions.ts#', 'app/[organization]/labels/actions.ts#']
const [ACCESS, INVITATIONS] = ['app/[organization]/settings/access/actions.ts#', 'app/[organization]/settings/invitations/actions.ts#']
const [TEAMS, PEOPLE] = ['app/[organization]/settings/teams/actions.ts#', 'app/[organization]/settings/members/actions.ts#']
const [KEYS, VIEWS] = ['app/[organization]/settings/api-keys/actions.ts#', 'app/[organization]/views/actions.ts#']
const [LINKS, PLAN] = ['app/[organization]/tasks/link-actions.ts#', 'app/[organization]/projects/plan-actions.ts#']
const [IDEAS, SUGGESTIONS] = ['app/[organization]/ideas/actions.ts#', 'app/[organization]/projects/suggestion-actions.ts#']
const [TEMPLATES, BOOK] = ['app/[organization]/templates/actions.ts#', 'app/[organization]/notebook/actions.ts#']
const [PLACES, WAITING, INBOX] = ['app/[organization]/tasks/project-actions.ts#', 'app/[organization]/tasks/dependency-actions.ts#', 'app/[organization]/inbox/actions.ts#']
const [OWNERS_OWN, MANAGERS_TOO] = [{ admin: 404, manager: 404, member: 404, field: 404, viewer: 404 }, { manager: 403, member: 403, field: 403 }]
// The sample project is the organization's: field members do not see it, members see it and do not manage it.
const MANAGERS = { member: 403, field: 403 }

const SUPPORT = 'app/[organization]/settings/support/actions.ts#'

/** What each server action answers to a valid call on the organization's own rows. */
export const ACTIONS: Record<string, Action> = {
  'app/sign-out.ts#signOut': { input: () => ({}), allowed: everyone(303), fresh: false, hasIds: false },
  [`${PROJECTS}addProject`]: action({ field: 403 }, () => ({ name: `Matrix ${v7()}` }), false),
  [`${PROJECTS}editProject`]: action(MANAGERS, ({ project, projectVersion }) => ({ id: project, version: projectVersion, name: 'Spring campaign', colour: '#be185d' })),
  [`${PROJECTS}shareProject`]: action(MANAGERS, ({ project, containerVersion }) => ({ id: project, version: containerVersion, visibility: 'organization', defaultAccess: 'edit' })),
  [`${PROJECTS}setProjectStatus`]: action(MANAGERS, ({ project, projectVersion }) => ({ id: project, version: projectVersion, status: 'paused' })),
  [`${PROJECTS}weigh`]: action(MANAGERS, ({ project }) => ({ id: project })),
  [`${PROJECTS}dropProject`]: action(MANAGERS, ({ spareProject, spareKey }) => ({ id: spareProject, confirmation: spareKey })),
  [`${PROJECTS}undropProject`]: action({ manager: 404, member: 404, field: 403 }, ({ deletedProject }) => ({ id: deletedProject })),
  [`${PLAN}addWorkstream`]: action({ field: 403 }, ({ project }) => ({ projectId: project, name: v7() })),
  [`${PLAN}editWorkstream`]: action({ field: 403 }, ({ workstream }) => ({ id: workstream, version: 1, name: v7(), status: 'paused' })),
  [`${PLAN}moveWorkstream`]: action({ field: 403 }, ({ workstream }) => ({ id: workstream, by: '-1' })),
  [`${PLAN}removeWorkstream`]: action({ field: 403 }, ({ workstream }) => ({ id: workstream })),
  [`${PLAN}addGoal`]: action({ member: 403, field: 403 }, ({ project }) => ({ projectId: project, title: 'Matrix' })),
  [`${PLAN}editGoal`]: action({ member: 403, field: 403 }, ({ goal }) => ({ id: goal, version: 1, title: 'Matrix again', status: 'active' })),
  [`${PLAN}removeGoal`]: action({ member: 403, field: 403 }, ({ goal }) => ({ id: goal })),
  // It ends on the page of the new one, which comes with the answer.
  [`${IDEAS}addIdea`]: action({}, () => ({ title: `Matrix ${v7()}` }), false),
  // Of the project's, which field members do not see.
  [`${IDEAS}editIdea`]: action({ field: 404 }, ({ idea }) => ({ id: idea, version: '1', title: 'Matrix' })),
  [`${IDEAS}putAwayIdea`]: action({ field: 404 }, ({ idea }) => ({ id: idea, version: '1' })),
  [`${IDEAS}takeUpIdea`]: action({ field: 404 }, ({ rejectedIdea }) => ({ id: rejectedIdea, version: '1' })),
  [`${IDEAS}judgeIdea`]: action({ field: 404 }, ({ idea }) => ({ id: idea, version: '1', answer1: 'Matrix', answer2: 'Matrix', answer3: '1h', answer4: 'Matrix' })),
  [`${IDEAS}makeTasks`]: action({ field: 403 }, ({ validIdea, project }) => ({ id: validIdea, version: '1', projectId: project, lines: 'Matrix' })),
  [`${SUGGESTIONS}suggest`]: action({ field: 403 }, ({ project }) => ({ projectId: project })),
  [`${SUGGESTIONS}acceptSuggestion`]: action({ field: 403 }, ({ suggestion }) => ({ id: suggestion })),
  [`${SUGGESTIONS}rejectSuggestion`]: action({ field: 403 }, ({ suggestion }) => ({ id: suggestion })),
  [`${SUGGESTIONS}rateSuggestion`]: action({ field: 403 }, ({ suggestion }) => ({ id: suggestion, rating: '4' })),
  [`${TEMPLATES}addTemplate`]: action({ field: 403 }, () => ({ kind: 'task', name: `Matrix ${v7()}`, outline: 'Matrix' }), false),
  [`${TEMPLATES}editTemplate`]: action({ field: 403 }, ({ template }) => ({ id: template, version: '1', kind: 'task', name: `Matrix ${v7()}`, outline: 'Matrix' })),
  [`${TEMPLATES}removeTemplate`]: action({ field: 403 }, ({ template }) => ({ id: template })),
  [`${TEMPLATES}applyTemplate`]: action({ field: 403 }, ({ template, project }) => ({ id: template, projectId: project })),
  [`${TEMPLATES}keepTemplate`]: action({ field: 403 }, ({ task }) => ({ taskId: task, name: `Matrix ${v7()}` })),
  [`${BOOK}saveSection`]: action({ field: 403 }, ({ project }) => ({ level: 'project', placeId: project, section: `Matrix ${v7()}`, data: '{"matrix":1}', inherits: 'true' })),
  [`${BOOK}restoreSection`]: action({ field: 403 }, ({ entry }) => ({ entryId: entry, version: '1', current: '1' })),
  [`${BOOK}inherit`]: action({ field: 403 }, ({ task }) => ({ taskId: task, inherits: 'false' })),
  [`${BOOK}passOn`]: action({ field: 403 }, ({ entry }) => ({ entryId: entry, toLevel: 'project', names: ['matrix'], reason: 'Matrix' })),
  // Members do not manage this project; field members do not see it.
  [`${BOOK}decide`]: action(MANAGERS, ({ wish }) => ({ id: wish, decision: 'rejected', note: 'Matrix' })),
  [`${WAITING}dependOn`]: action({ field: 403 }, ({ task, third }) => ({ taskId: task, dependsOnId: third })),
  [`${WAITING}undepend`]: action({ field: 403 }, ({ dependency }) => ({ id: dependency })),
  [`${WAITING}report`]: action({ field: 404 }, ({ task }) => ({ taskId: task, body: 'Matrix', percent: '10' })),
  [`${TASKS}addTask`]: action({ field: 403 }, ({ project }) => ({ projectId: project, title: 'Matrix' })),
  [`${TASKS}editTask`]: action({ field: 403 }, ({ task, taskVersion }) => ({ id: task, version: taskVersion, title: 'Matrix', description: '', priority: 'low', dueOn: '', estimate: '' })),
  // Both end on the page of the task: where it is now, and the new one.
  [`${PLACES}takeToProject`]: action({ field: 403, viewer: 403 }, ({ task, elsewhere }) => ({ ids: [task], projectId: elsewhere })),
  [`${PLACES}takeManyToProject`]: action({ field: 403 }, ({ task, elsewhere }) => ({ ids: [task], projectId: elsewhere })),
  [`${PLACES}followUp`]: action({ field: 403, viewer: 403 }, ({ finished }) => ({ id: finished })),
  [`${TASKS}editRow`]: action({ field: 403 }, ({ task }) => ({ id: task, was: 'medium', priority: 'high' })),
  [`${TASKS}moveTask`]: action({ field: 404 }, ({ task, taskVersion }) => ({ id: task, version: taskVersion, to: 'in_progress' })),
  [`${TASKS}bulkEdit`]: action({ field: 403 }, ({ task }) => ({ ids: [task], priority: 'high' })),
  [`${TASKS}trashTasks`]: action({ field: 403 }, ({ task }) => ({ ids: [task] })),
  [`${TASKS}untrashTasks`]: action({ field: 403 }, ({ trashed }) => ({ ids: [trashed] })),
  [`${TASKS}addComment`]: action({ field: 404 }, ({ task }) => ({ taskId: task, body: 'Matrix' })),
  [`${TASKS}editComment`]: action({ admin: 403, manager: 403, member: 403, field: 404 }, ({ comment }) => ({ id: comment, body: 'Matrix' })),
  [`${TASKS}removeComment`]: action({ admin: 403, manager: 403, member: 403, field: 404 }, ({ comment }) => ({ id: comment })),
  [`${LABELS}addLabel`]: action({ field: 403 }, () => ({ name: v7().slice(0, 36) }), false),
  [`${INVITATIONS}inviteMembers`]: action(MANAGERS_TOO, () => ({ lines: `${v7()}@example.net`, role: 'viewer', delivery: 'link' }), false),
  [`${INVITATIONS}resendInvitation`]: action(MANAGERS_TOO, ({ invitation }) => ({ id: invitation })),
  [`${INVITATIONS}makeInvitationLink`]: action(MANAGERS_TOO, ({ invitation }) => ({ id: invitation })),
  [`${INVITATIONS}withdrawInvitation`]: action(MANAGERS_TOO, ({ invitation }) => ({ id: invitation })),
  [`${TEAMS}addTeam`]: action(MANAGERS_TOO, () => ({ name: `Matrix ${v7()}` }), false),
  [`${TEAMS}editTeam`]: action(MANAGERS_TOO, ({ team }) => ({ id: team, version: 1, name: `Matrix ${v7()}` })),
  [`${TEAMS}removeTeam`]: action(MANAGERS_TOO, ({ spareTeam }) => ({ id: spareTeam })),
  // A manager may in the teams that they lead, and this one they do not.
  [`${TEAMS}addToTeam`]: action(MANAGERS_TOO, ({ spareTeam, person }) => ({ id: spareTeam, userIds: [person] })),
  [`${TEAMS}takeFromTeam`]: action(MANAGERS_TOO, ({ team, person }) => ({ id: team, userId: person })),
  [`${TEAMS}changeTeamRole`]: action(MANAGERS_TOO, ({ team, person }) => ({ id: team, userId: person, role: 'lead' })),
  // API access is off in this organization.
  [`${KEYS}addApiKey`]: action({ owner: 403, admin: 403, manager: 403, member: 403, field: 403 }, () => ({ name: 'Matrix', scopes: ['organization:read'] }), false),
  [`${KEYS}renewApiKey`]: action({ owner: 403, admin: 403, manager: 403, member: 403, field: 403 }, ({ key }) => ({ id: key, overlapHours: 1 }), false),
  // The owner's: their own, an admin's to revoke, and not there for others.
  [`${KEYS}endApiKey`]: action({ manager: 404, member: 404, field: 403 }, ({ key }) => ({ id: key })),
  // The sample is the owner's: nobody else's to read or delete, and a viewer's own like everybody's.
  [`${INBOX}readNotification`]: action(OWNERS_OWN, ({ notification }) => ({ id: notification })),
  [`${INBOX}dropNotification`]: action(OWNERS_OWN, ({ notification }) => ({ id: notification })),
  [`${INBOX}readAllNotifications`]: action({ viewer: 200 }, () => ({}), false),
  [`${INBOX}snooze`]: action({ viewer: 200 }, () => ({ key: `task:${v7()}` }), false),
  [`${INBOX}wake`]: action({ viewer: 200 }, () => ({ key: `task:${v7()}` }), false),
  [`${VIEWS}saveView`]: action({ viewer: 200 }, () => ({ list: 'tasks', name: v7(), query: 'due=overdue' }), false),
  // The sample is the owner's, shared with everybody: theirs alone to change.
  [`${VIEWS}editView`]: action(OWNERS_OWN, ({ view }) => ({ id: view, name: v7(), isShared: 'true' })),
  [`${VIEWS}removeView`]: action(OWNERS_OWN, ({ view }) => ({ id: view })),
  [`${LINKS}linkTask`]: action({ field: 403 }, ({ task, other }) => ({ taskId: task, otherId: other, relation: 'follows' })),
  [`${LINKS}unlinkTask`]: action({ field: 403 }, ({ link }) => ({ id: link })),
  [`${ACCESS}chooseJoinPolicy`]: action(MANAGERS_TOO, () => ({ policy: 'invite_only' }), false),
  [`${ACCESS}listAddress`]: action(MANAGERS_TOO, () => ({ value: `${v7()}@example.net`, role: 'viewer' }), false),
  [`${ACCESS}switchAddress`]: action(MANAGERS_TOO, ({ rule }) => ({ id: rule, isActive: 'false' })),
  [`${ACCESS}decideRequest`]: action(MANAGERS_TOO, ({ request }) => ({ id: request, role: 'viewer' })),
  [`${ACCESS}chooseSecondFactor`]: action(MANAGERS_TOO, () => ({ isRequired: 'false', graceDays: '7' }), false),
  'app/[organization]/settings/isolation/actions.ts#askForProbe': action(MANAGERS_TOO, () => ({}), false),
  [`${SUPPORT}chooseSupportPolicy`]: action({ ...MANAGERS_TOO, admin: 403 }, () => ({ policy: 'ask' }), false),
  // Nobody of the platform has asked.
  [`${SUPPORT}answerSupport`]: action({ ...MANAGERS_TOO, owner: 404, admin: 403 }, () => ({ id: v7(), decision: 'approve' })),
  [`${SUPPORT}stopSupport`]: action({ ...MANAGERS_TOO, owner: 404, admin: 404 }, () => ({ id: v7() })),
  'app/[organization]/settings/audit/actions.ts#verifyHistory': action(MANAGERS_TOO, () => ({ from: '1' }), false),
  'app/[organization]/settings/profile/actions.ts#saveOrganization': action(MANAGERS_TOO, () => ({ name: 'Copperleaf Studio', slug: 'copperleaf', timezone: 'Europe/Berlin', currency: 'EUR', colour: '#c2410c' }), false),
  'app/[organization]/settings/profile/actions.ts#saveLogo': action({ ...MANAGERS_TOO, owner: 422, admin: 422 }, () => ({ image: 'data:image/png;base64,AAAA' }), false),
  'app/[organization]/settings/profile/actions.ts#dropLogo': action(MANAGERS_TOO, () => ({}), false),
  'app/[organization]/settings/security/actions.ts#saveSecurity': action(MANAGERS_TOO, () => ({ sessionHours: '', domains: '' }), false),
  'app/[organization]/settings/data/actions.ts#makeArchive': action({ ...MANAGERS_TOO, admin: 403 }, () => ({}), false),
  // Not what has to be typed: the organization stays for the rest of the matrix.
  'app/[organization]/settings/danger/actions.ts#closeOrganization': action({ ...MANAGERS_TOO, owner: 422, admin: 403 }, () => ({ confirmation: 'no' }), false),
  'app/[organization]/settings/modules/actions.ts#setModule': action(MANAGERS_TOO, () => ({ module: 'api_access', enabled: 'true' }), false),
  'app/[organization]/settings/plan/actions.ts#takePlan': action({ ...MANAGERS_TOO, admin: 403 }, () => ({ plan: 'enterprise' }), false),
  [`${PEOPLE}giveRole`]: action(MANAGERS_TOO, ({ mate }) => ({ id: mate, version: '1', role: 'member' })),
  [`${PEOPLE}suspend`]: action(MANAGERS_TOO, ({ mate }) => ({ id: mate, version: '1' })),
  [`${PEOPLE}reactivate`]: action({ ...MANAGERS_TOO, owner: 409, admin: 409 }, ({ mate }) => ({ id: mate, version: '1' })),
  [`${PEOPLE}askNewPassword`]: action(MANAGERS_TOO, ({ mate }) => ({ id: mate, version: '1' })),
  // To somebody who has not been let in: the organization keeps its owner for the rest of the matrix.
  [`${PEOPLE}transfer`]: action({ ...MANAGERS_TOO, owner: 404, admin: 403 }, ({ request }) => ({ id: request })),
  [`${PEOPLE}offboard`]: action(MANAGERS_TOO, ({ mate }) => ({ id: mate })),
  [`${FILES}removeAttachment`]: action({ member: 403, field: 404 }, ({ attachment }) => ({ id: attachment })),
  [`${FILES}unremoveAttachment`]: action({ member: 403, field: 404 }, ({ removedAttachment }) => ({ id: removedAttachment })),
  // A file is brought in by whoever has sent it: these ids are nobody's. The nouns' tests try the rest.
  'app/[organization]/imports/actions.ts#startCheck': { input: () => ({ id: v7(), mapping: '{"fields":{"title":0}}' }), allowed: { ...everyone(404), field: 403, viewer: 403 }, fresh: false, hasIds: false },
  'app/[organization]/imports/actions.ts#startApply': { input: () => ({ id: v7() }), allowed: { ...everyone(404), field: 403, viewer: 403 }, fresh: false, hasIds: false },
  'app/[organization]/imports/actions.ts#startUndo': { input: () => ({ id: v7() }), allowed: { ...everyone(404), field: 403, viewer: 403 }, fresh: false, hasIds: false },
  // A job that is none of theirs, like everybody else's.
  'app/[organization]/jobs/actions.ts#stopJob': { input: () => ({ id: v7() }), allowed: everyone(404), fresh: false, hasIds: false },
  // They have done it long ago.
  'app/(account)/actions.ts#finishOnboarding': { input: () => ({ name: 'Matrix', timezone: 'UTC' }), allowed: everyone(409), fresh: false, hasIds: false },
  [`${LABELS}removeLabel`]: action({ field: 403 }, ({ label }) => ({ id: label })),
}
