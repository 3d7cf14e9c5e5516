'use client'

import { Archive } from 'lucide-react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { useToast } from '@/components/ui/toast'
import { makeArchive } from './actions'

/** The whole organization as one file, for its owner. */
export function ArchiveCard() {
  const { run, pending } = useMemberAction(makeArchive)
  const toast = useToast()
  async function make() {
    const state = await run({})
    if (state.status === 'ok') toast({ title: state.message ?? 'Begun.', tone: 'success' })
  }
  return (
    <Card>
      <CardHeader
        title="Archive of the organization" description="Everything that you can see, with its files and its history, as one file with a checksum of each part."
        actions={<Button icon={<Archive />} pending={pending} onClick={() => void make()}>Make an archive</Button>}
      />
      <CardBody className="text-[0.8125rem] text-text-muted">
        Private projects of other people and secrets are not in it. It can be <AppLink href="/organizations/new" className="underline">restored into a new organization</AppLink>, here or on another installation.
      </CardBody>
    </Card>
  )
}
