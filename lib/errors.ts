/** A refusal: something the person may not or cannot do, in a sentence written for them. Anything else thrown is a bug. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 411 | 413 | 415 | 422 | 429,
    readonly code: string,
    message: string,
    readonly detail: Record<string, unknown> = {},
  ) {
    super(message)
    this.name = new.target.name
  }
}

export class ForbiddenError extends Refusal {
  constructor(message: string, code = 'forbidden') {
    super(403, code, message)
  }
}

/** Also for what a person may not know exists: the message never differs. */
export class NotFoundError extends Refusal {
  constructor() {
    super(404, 'not_found', 'There is nothing here, or it is not yours to see.')
  }
}

export class ConflictError extends Refusal {
  constructor(message: string, code = 'conflict', detail: Record<string, unknown> = {}) {
    super(409, code, message, detail)
  }
}

/** Somebody changed the record since it was read; `current` is the row as it is now. */
export class ChangedElsewhereError extends Refusal {
  constructor(current: Record<string, unknown>) {
    super(409, 'changed_elsewhere', 'Someone changed this while you were editing. Your text is kept; compare and save again.', { current })
  }
}

export class InvalidError extends Refusal {
  constructor(message: string, readonly fields: Record<string, string[]> = {}, code = 'invalid') {
    super(422, code, message, { fields })
  }
}

/** A link that was good once: used, expired or withdrawn. */
export class GoneError extends Refusal {
  constructor(message: string, code = 'gone') {
    super(410, code, message)
  }
}

/** Too many attempts. `waitS` seconds until the next one is allowed. */
export class TooManyRequestsError extends Refusal {
  constructor(readonly waitS: number) {
    super(429, 'too_many_requests', `Too many attempts. Try again in ${waitS < 90 ? `${waitS} seconds` : `${Math.ceil(waitS / 60)} minutes`}.`, { waitS })
  }
}

/** The database does not answer, or what holds the files is away or full. Shown as 503 with Retry-After; nothing was stored. */
export class UnavailableError extends Error {
  constructor(cause: unknown, message = 'The database is not answering.') {
    super(message, { cause })
    this.name = 'UnavailableError'
  }
}
