import { v7 } from '../../lib/uuid'

/** What somebody signed in may do about themselves. `status`: the answer to them, on rows of their own; another's are 404. */
export type PersonAction = { input: (mine: PersonSamples) => Record<string, unknown>; status: number; foreignStatus?: number }
export type PersonSamples = { email: string; session: string; passkey: string; identity: string }

const self = (input: PersonAction['input'], status = 200, foreignStatus?: number): PersonAction => ({ input, status, foreignStatus })
const none = () => ({})
const PERSON = 'app/(account)/account/actions.ts#'
const GATES = 'app/(account)/actions.ts#'
const IMAGE = `data:image/png;base64,${Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]).toString('base64')}`

export const PERSON_ACTIONS: Record<string, PersonAction> = {
  [`${PERSON}saveProfile`]: self(() => ({ name: 'Matrix', timezone: '', locale: 'iso' })),
  [`${PERSON}saveAvatar`]: self(() => ({ image: IMAGE })),
  [`${PERSON}dropAvatar`]: self(none),
  [`${PERSON}changePassword`]: self(() => ({ currentPassword: 'not this', password: 'lantern orchard velvet nine' }), 422),
  [`${PERSON}changeEmail`]: self(() => ({ email: `${v7()}@example.net` })),
  [`${PERSON}sendVerification`]: self(none),
  [`${PERSON}startTotp`]: self(none),
  [`${PERSON}confirmTotp`]: self(() => ({ code: '000000' }), 422),
  [`${PERSON}removeTotp`]: self(none),
  [`${PERSON}startPasskey`]: self(none),
  [`${PERSON}addPasskey`]: self(() => ({ response: '{}', name: 'Matrix' }), 422),
  [`${PERSON}removePasskey`]: self(({ passkey }) => ({ id: passkey }), 200, 404),
  [`${PERSON}makeRecoveryCodes`]: self(none),
  [`${PERSON}connectIdentity`]: self(() => ({ provider: 'oidc' })),
  [`${PERSON}removeIdentity`]: self(({ identity }) => ({ id: identity }), 200, 404),
  [`${PERSON}endSession`]: self(({ session }) => ({ id: session }), 200, 404),
  [`${PERSON}endOtherSessions`]: self(none),
  [`${PERSON}savePreference`]: self(() => ({ kind: 'new_device', enabled: 'true' })),
  [`${PERSON}saveDelivery`]: self(() => ({ quietFrom: '22:00', quietTo: '07:00', digest: 'daily' })),
  // Member of nothing.
  [`${PERSON}muteOrganization`]: self(() => ({ slug: 'copperleaf', isMuted: 'true' }), 404),
  [`${PERSON}exportData`]: self(none),
  // Member of nothing.
  [`${PERSON}leave`]: self(() => ({ slug: 'copperleaf' }), 404),
  [`${PERSON}deleteMyAccount`]: self(({ email }) => ({ confirmation: email }), 200, 422),
  [`${GATES}passFactor`]: self(() => ({ code: '000000' }), 422),
  [`${GATES}startPasskeyAnswer`]: self(none),
  [`${GATES}prove`]: self(() => ({ password: 'not this' }), 422),
  [`${GATES}replacePassword`]: self(() => ({ password: 'short' }), 422),
  [`${GATES}acceptInvitation`]: self(() => ({ token: `CPPRXF4W6.${'no-such-link'.padEnd(43, '-')}` }), 410),
  [`${GATES}join`]: self(() => ({ code: 'NOSUCHCODE', role: 'member' }), 403),
  [`${GATES}bringBack`]: self(() => ({ id: v7() }), 404),
  [`${GATES}found`]: self(() => ({ name: `Matrix ${v7()}`, kind: 'team' })),
}

const PUBLIC = 'app/(public)/actions.ts#'
const GONE = { token: 'no-such-link'.padEnd(43, '-') }

/** What anybody may send, signed in or not, and what they get for it: nothing that tells who has an account here. */
export const PUBLIC_ACTIONS: Record<string, { input: () => Record<string, unknown>; status: number }> = {
  [`${PUBLIC}signUp`]: { input: () => ({ name: 'Matrix', email: `${v7()}@example.net`, password: 'lantern orchard velvet nine', organization: 'Matrix', kind: 'team' }), status: 200 },
  [`${PUBLIC}finishSignUp`]: { input: () => GONE, status: 410 },
  [`${PUBLIC}askForReset`]: { input: () => ({ email: `${v7()}@example.net` }), status: 200 },
  [`${PUBLIC}chooseNewPassword`]: { input: () => ({ ...GONE, password: 'lantern orchard velvet nine' }), status: 410 },
  [`${PUBLIC}confirmAddress`]: { input: () => GONE, status: 410 },
  [`${PUBLIC}acceptAsNew`]: { input: () => ({ token: `CPPRXF4W6.${GONE.token}`, name: 'Matrix', password: 'lantern orchard velvet nine' }), status: 410 },
  [`${PUBLIC}declineInvitation`]: { input: () => ({ token: `CPPRXF4W6.${GONE.token}` }), status: 410 },
  [`${PUBLIC}startPasskeySignIn`]: { input: () => ({}), status: 200 },
}
