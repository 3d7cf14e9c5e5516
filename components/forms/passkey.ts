import { type PublicKeyCredentialCreationOptionsJSON, type PublicKeyCredentialRequestOptionsJSON, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type { ActionState } from '@/lib/actions/state'

export type PasskeyStart = { options: PublicKeyCredentialRequestOptionsJSON }
export type PasskeyMaking = { options: PublicKeyCredentialCreationOptionsJSON }
type Answer = { response: string } | { problem: string }

/** Asks the browser for a passkey's answer to a challenge that the server makes. */
export async function answerWithPasskey(start: () => Promise<ActionState<PasskeyStart>>): Promise<Answer> {
  return ask(start, (options) => startAuthentication({ optionsJSON: options }))
}

/** Asks the browser to make a passkey. */
export async function makePasskey(start: () => Promise<ActionState<PasskeyMaking>>): Promise<Answer> {
  return ask(start, (options) => startRegistration({ optionsJSON: options }))
}

async function ask<O>(start: () => Promise<ActionState<{ options: O }>>, run: (options: O) => Promise<unknown>): Promise<Answer> {
  try {
    const state = await start()
    if (state.status !== 'ok' || !state.data) return { problem: state.status === 'refused' ? state.message : 'Try again.' }
    return { response: JSON.stringify(await run(state.data.options)) }
  } catch (error) {
    const { name } = error as Error
    if (name === 'InvalidStateError') return { problem: 'This device has a passkey for your account already.' }
    return { problem: name === 'NotAllowedError' ? 'Nothing was confirmed. Try again when you are ready.' : 'This browser could not use a passkey here.' }
  }
}
