/** What a member can be told of in an organization, each in the app and by mail until they switch it off. */
export const NOTIFICATION_KINDS = {
  task_assigned: { label: 'A task is assigned to me', hint: '' },
  review_wanted: { label: 'A task waits for my review', hint: '' },
  mentioned: { label: 'I am named in a comment', hint: '' },
  commented: { label: 'A comment on a task of mine', hint: 'Assigned to you, or made by you.' },
  task_unblocked: { label: 'A task of mine is no longer blocked', hint: '' },
  invitation_accepted: { label: 'Somebody I invited has joined', hint: '' },
  role_changed: { label: 'My role has changed', hint: '' },
  job_finished: { label: 'Something I started has finished', hint: 'Exports and imports.' },
  limit_near: { label: 'The plan’s limit is near', hint: 'For owners and admins.' },
} as const
export type NotificationKind = keyof typeof NOTIFICATION_KINDS
