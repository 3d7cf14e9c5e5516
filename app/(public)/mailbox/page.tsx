import { Inbox } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { env } from '@/lib/env'
import { clientAddress } from '@/lib/http/response'
import { listMailbox } from '@/lib/mail/sender'

export const metadata: Metadata = { title: 'Mailbox' }

/**
 * What would have been sent, on an installation of one's own machine (MAILBOX=1), for browsers on that machine: its links open
 * any account, and a server that listens on every address is reached by neighbours too. Elsewhere there is no such page.
 */
export default async function MailboxPage() {
  if (env().MAILBOX !== '1' || !isThisMachine(clientAddress())) notFound()
  const mails = await listMailbox()
  return (
    <main id="main" className="mx-auto w-full max-w-2xl px-4 py-10">
      <h1 className="text-2xl font-semibold">Mailbox</h1>
      <p className="mb-6 text-text-muted">No mail leaves this installation: it runs on this machine only. Here is what would have been sent, the newest first.</p>
      {mails.length === 0 ? (
        <EmptyState icon={<Inbox />} title="No mail yet">Sign up, reset a password or invite somebody, and look here again.</EmptyState>
      ) : (
        <ul className="flex flex-col gap-4">
          {mails.map(({ id, to, subject, text, status, createdAt }) => (
            <li key={id}>
              <Card>
                <CardHeader title={subject} description={`To ${to} · ${createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`} actions={status !== 'sent' && <Badge>{status}</Badge>} />
                <CardBody className="whitespace-pre-wrap wrap-anywhere">{linked(text)}</CardBody>
              </Card>
            </li>
          ))}
        </ul>
      )}
    </main>
  )
}

const isThisMachine = (address: string | null) => address !== null && /^(127\.|::1$)/.test(address)

// Only addresses of this installation become links.
function linked(text: string) {
  const home = env().NEXTAUTH_URL
  return text.split(/(https?:\/\/\S+)/).map((part, index) => (part.startsWith(`${home}/`) ? <a key={index} href={part.slice(home.length)} className="link">{part}</a> : part))
}
