import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type Letter = { to: string[]; from: string; headers: string; text: string; html: string; raw: string }
/** What a mail server of ours may be told to do: take everything, say no for now or for good, or no to our password. */
export type Mood = 'takes' | 'not now' | 'no such address' | 'no such login' | 'text refused'

/** A real mail server on this machine that keeps what it gets; it can go away and come back on the same port. */
export async function startMailServer() {
  const letters: Letter[] = []
  let mood: Mood = 'takes'
  let server: SMTPServer | undefined
  const fails = (when: Mood, responseCode: number) => (mood === when ? Object.assign(new Error(when), { responseCode }) : null)

  async function listen(port = 0): Promise<number> {
    server = new SMTPServer({
      hideSTARTTLS: true, allowInsecureAuth: true, authMethods: ['PLAIN'], logger: false, closeTimeout: 50,
      onAuth: (auth, _, callback) => callback(fails('no such login', 535), { user: auth.username }),
      onRcptTo: (_, __, callback) => callback(fails('no such address', 550) ?? fails('not now', 451)),
      onData: (stream, session, callback) => {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          const refusal = fails('text refused', 554)
          if (!refusal) letters.push(read(Buffer.concat(parts).toString('utf8'), session.envelope.rcptTo.map(({ address }) => address), session.envelope.mailFrom ? session.envelope.mailFrom.address : ''))
          callback(refusal)
        })
      },
    })
    server.on('error', () => undefined)
    await new Promise<void>((resolve) => server!.listen(port, '127.0.0.1', () => resolve()))
    return (server.server.address() as AddressInfo).port
  }
  const stop = () => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
  const port = await listen()
  return {
    url: `smtp://bulkhead:secret@127.0.0.1:${port}`,
    letters,
    to: (address: string) => letters.filter(({ to }) => to.includes(address)),
    be: (next: Mood) => void (mood = next),
    stop,
    start: () => listen(port),
  }
}

function read(raw: string, to: string[], from: string): Letter {
  const [headers = '', ...body] = raw.split('\r\n\r\n')
  const boundary = /boundary="?([^"\r\n;]+)/.exec(headers)?.[1]
  const parts = boundary ? body.join('\r\n\r\n').split(`--${boundary}`) : []
  const part = (type: string) => decode(parts.find((text) => text.includes(`Content-Type: ${type}`)) ?? '')
  return { to, from, headers: headers.replace(/\r\n[ \t]+/g, ' '), text: part('text/plain'), html: part('text/html'), raw }
}

function decode(part: string): string {
  const at = part.indexOf('\r\n\r\n')
  const [head, body] = [part.slice(0, at), part.slice(at + 4)]
  if (/encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8')
  if (!/encoding: quoted-printable/i.test(head)) return body
  return Buffer.from(body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8')
}
