import { createHash, randomInt } from 'node:crypto'

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const FORM = /^bh_([0-9A-Za-z]{8})_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/

const letters = (count: number) => Array.from({ length: count }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** `bh_<8 visible>_<32 secret><6 checksum>`: 190 bits of secret; `prefix` is what is shown of it for good. */
export function makeKeyText(): { text: string; prefix: string; hash: Uint8Array<ArrayBuffer> } {
  const body = `bh_${letters(8)}_${letters(32)}`
  const text = body + checksumOf(body)
  return { text, prefix: body.slice(0, 11), hash: hashKey(text) }
}

/** Whether this can be a key at all: a typing error, or one that was cut off, is told without asking the database. */
export function isKeyText(text: string): boolean {
  const [, visible, secret, checksum] = FORM.exec(text) ?? []
  return checksum !== undefined && checksumOf(`bh_${visible}_${secret}`) === checksum
}

export function hashKey(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(text).digest())
}

function checksumOf(body: string): string {
  let rest = createHash('sha256').update(`bulkhead key ${body}`).digest().readUInt32BE(0)
  let text = ''
  for (let n = 0; n < 6; n++) {
    text = LETTERS[rest % LETTERS.length] + text
    rest = Math.floor(rest / LETTERS.length)
  }
  return text
}
