import { v7 } from '../../lib/uuid'

/** What who runs the installation may do in the console. `status`: the answer to them; to everybody else there is nothing. `proof: false`: without a fresh proof that it is they. */
export type ConsoleAction = { input: () => Record<string, unknown> | Promise<Record<string, unknown>>; status: number; proof?: boolean }

const SUPPORT = 'app/admin/support/actions.ts#'

export const CONSOLE_ACTIONS: Record<string, ConsoleAction> = {
  [`${SUPPORT}askForSupport`]: { input: () => ({ organization: 'no-such-organization', reason: 'The matrix asks for nothing' }), status: 422 },
  [`${SUPPORT}endSupportHere`]: { input: () => ({ id: v7() }), status: 404, proof: false },
}
