/** What can be switched while everything runs, and how it is before anybody has. `ofOrganizations`: one of them may have it otherwise. */
export const SWITCHES = {
  presence: { label: 'Who is here', description: 'Members see who else has a task or project open.', standard: true, ofOrganizations: true },
  new_organizations: { label: 'Further organizations', description: 'Where sign-up is open, members found further organizations by themselves.', standard: true, ofOrganizations: false },
} as const
export type SwitchKey = keyof typeof SWITCHES
export const SWITCH_KEYS = Object.keys(SWITCHES) as [SwitchKey, ...SwitchKey[]]
