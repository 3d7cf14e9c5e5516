/** What a server action answers. `values` is what was typed, so that nothing is lost. */
export type ActionState<T = unknown> =
  | { readonly status: 'idle' }
  | { readonly status: 'ok'; readonly message?: string; readonly data?: T }
  | {
      readonly status: 'refused'
      readonly httpStatus: number
      readonly code: string
      readonly message: string
      readonly fields: Record<string, string[]>
      readonly values: Record<string, string | string[]>
      readonly current?: Record<string, unknown>
      readonly detail?: Record<string, unknown>
    }

export const idle: ActionState<never> = { status: 'idle' }

/** A form as sent by a browser, or the same as an object from a script. `organization` is the slug it was made for. */
export type ActionPayload = FormData | ({ organization: string } & Record<string, unknown>)
export type MemberAction<T = unknown> = (previous: ActionState<T>, payload: ActionPayload) => Promise<ActionState<T>>
/** An action outside of any organization. */
export type FormAction<T = unknown> = (previous: ActionState<T>, payload: FormData | Record<string, unknown>) => Promise<ActionState<T>>
