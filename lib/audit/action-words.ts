/** What an event is called, before the name of its record. A new one is added here: the test beside asks for it. */
export const ACTIONS: Record<string, string> = {
  'access_rule.activated': 'Switched on the address', 'access_rule.created': 'Listed the address', 'access_rule.deactivated': 'Switched off the address',
  'api_key.created': 'Made the API key', 'api_key.revoked': 'Revoked the API key', 'api_key.rotated': 'Rotated the API key',
  'attachment.created': 'Added a file to', 'attachment.deleted': 'Removed a file from', 'attachment.restored': 'Put a file back on',
  'audit.purged': 'Removed old history from', 'audit.verified': 'Verified the audit log of',
  'comment.created': 'Commented on', 'comment.deleted': 'Deleted a comment on', 'comment.updated': 'Changed a comment on',
  'export.created': 'Exported the list',
  'import.applied': 'Imported the file', 'import.undo_started': 'Began to undo the import of', 'import.undone': 'Undid the import of',
  'invitation.accepted': 'Accepted an invitation:', 'invitation.created': 'Invited somebody:', 'invitation.declined': 'An invitation was declined', 'invitation.link_made': 'Made a new invitation link for', 'invitation.resent': 'Sent the invitation again to', 'invitation.revoked': 'Withdrew the invitation of',
  'job.cancelled': 'Stopped the job',
  'label.created': 'Created label', 'label.deleted': 'Deleted label',
  'member.added': 'Added member', 'member.approved': 'Let in member', 'member.declined': 'Turned down member', 'member.handed_over': 'Handed over what was left behind by', 'member.join_refused': 'A try to join was refused', 'member.join_requested': 'Asked to join:', 'member.joined': 'Member joined:', 'member.left': 'Member left:', 'member.new_password_required': 'Asked for a new password from', 'member.onboarded': 'Finished the welcome:', 'member.reactivated': 'Brought back member', 'member.removed': 'Removed member', 'member.role_changed': 'Changed the role of', 'member.suspended': 'Suspended member',
  'module.disabled': 'Switched off module', 'module.enabled': 'Switched on module',
  'organization.archive_asked': 'Asked for an archive of', 'organization.archived': 'Made an archive of', 'organization.created': 'Founded the organization', 'organization.deleted': 'Deleted the organization', 'organization.join_policy_changed': 'Changed how people join', 'organization.logo_removed': 'Removed the logo of', 'organization.logo_set': 'Set the logo of', 'organization.plan_changed': 'Changed the plan of', 'organization.restored': 'Brought the organization back', 'organization.restored_from_archive': 'Restored an archive into', 'organization.second_factor_changed': 'Changed the second-factor rule of', 'organization.security_changed': 'Changed the security of', 'organization.transferred': 'Handed over the organization', 'organization.trial_ended': 'The trial ended', 'organization.updated': 'Changed the profile of',
  'project.archived': 'Archived project', 'project.completed': 'Completed project', 'project.created': 'Created project', 'project.handed_over': 'Handed over project', 'project.paused': 'Paused project', 'project.resumed': 'Resumed project', 'project.shared': 'Changed who sees project', 'project.updated': 'Changed project',
  'task.archived': 'Archived task', 'task.blocked': 'Blocked task', 'task.cancelled': 'Cancelled task', 'task.completed': 'Completed task', 'task.created': 'Created task', 'task.deleted': 'Deleted task', 'task.linked': 'Linked task', 'task.reopened': 'Reopened task', 'task.restored': 'Restored task', 'task.sent_to_review': 'Sent task to review:', 'task.sent_to_testing': 'Sent task to testing:', 'task.started': 'Started task', 'task.unlinked': 'Unlinked task', 'task.updated': 'Changed task',
  'team.created': 'Created team', 'team.deleted': 'Deleted team', 'team.lead_changed': 'Changed the lead of team', 'team.member_removed': 'Removed somebody from team', 'team.members_added': 'Added people to team', 'team.updated': 'Changed team',
  'view.created': 'Saved the view', 'view.deleted': 'Deleted the view', 'view.updated': 'Changed the view',
}

export const FIELDS: Record<string, string> = {
  dueOn: 'due', estimateMinutes: 'estimate (min)', defaultAccess: 'default access', targetOn: 'target day', completionSummary: 'summary', parentId: 'parent', sizeBytes: 'size', isShared: 'shared', isDefault: 'default', graceDays: 'days to set one up', secondFactorRequired: 'second factor required', sessionHours: 'hours a session lasts', domains: 'domains of addresses', joinPolicy: 'how people join', privateProjects: 'private projects', openTasks: 'open tasks', overlapHours: 'hours the old one goes on', madeAt: 'made', scopes: 'permissions', slug: 'address', timezone: 'time zone', heir: 'goes to', kept: 'kept', reversed: 'taken back',
}
