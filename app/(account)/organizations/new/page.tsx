import type { Metadata } from 'next'
import { AppLink } from '@/components/ui/app-link'
import { requirePerson } from '@/lib/auth/session'
import { mayFoundAnother } from '@/lib/organizations/another-organization'
import { PublicPage } from '../../../(public)/public-page'
import { FoundForm } from './found-form'
import { RestoreForm } from './restore-form'

export const metadata: Metadata = { title: 'New organization' }

export default async function NewOrganizationPage() {
  await requirePerson()
  const mayFound = await mayFoundAnother()
  return (
    <PublicPage title="New organization" description={<p>{mayFound ? 'You become its owner. Nobody else sees it until you invite them.' : 'Organizations are made by the people who run this installation.'}</p>}>
      {mayFound && (
        <>
          <FoundForm />
          <section aria-labelledby="restore" className="mt-8 border-t pt-6">
            <h2 id="restore" className="mb-2 font-semibold">Or restore one from its archive</h2>
            <RestoreForm />
          </section>
        </>
      )}
      <p className="mt-6"><AppLink href="/organizations" className="link">Your organizations</AppLink></p>
    </PublicPage>
  )
}
