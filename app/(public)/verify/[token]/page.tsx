import type { Metadata } from 'next'
import { confirmAddress } from '../../actions'
import { LinkForm } from '../../link-form'
import { PublicPage } from '../../public-page'

export const metadata: Metadata = { title: 'Confirm your address' }

export default async function VerifyPage({ params }: { params: Promise<{ token: string }> }) {
  return (
    <PublicPage title="Confirm your address" description={<p>One press, and this address is known to be yours.</p>}>
      <LinkForm action={confirmAddress} token={(await params).token} label="Confirm" />
    </PublicPage>
  )
}
