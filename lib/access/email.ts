const ADDRESS = /^[^\s@"<>(),;:\\[\]\u0000-\u001f\u007f]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/
export const EMAIL_MAX = 320

/**
 * An address as it is compared: NFC, lower-case, nothing around it. Null when it is none. Dots and tags are kept: they may be other people's.
 * A letter that only becomes an ASCII one by this (the Kelvin sign a k) is refused: it is another mailbox, and would pass for a listed one.
 */
export function normalizeEmail(address: string): string | null {
  if (Array.from(address.trim()).some((letter) => letter > '\u007f' && /^[\u0000-\u007f]+$/.test(letter.normalize('NFC').toLowerCase()))) return null
  const email = address.trim().normalize('NFC').toLowerCase()
  return email.length <= EMAIL_MAX && ADDRESS.test(email) ? email : null
}

/** The whole domain after the last @, compared as a whole: no sub-domain passes for it. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1)
}

export function isDomain(text: string): boolean {
  return ADDRESS.test(`x@${text}`)
}
