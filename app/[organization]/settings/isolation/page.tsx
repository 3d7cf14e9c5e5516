import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { ReportView } from '@/components/isolation/report-view'
import { PageHeader } from '@/components/shell/page-header'
import { buttonClass } from '@/components/ui/button-class'
import { memberPage } from '@/lib/auth/session'
import { readIsolationReport } from '@/lib/isolation/organization-report'

export const metadata: Metadata = { title: 'Isolation' }

export default async function IsolationPage({ params }: { params: Promise<{ organization: string }> }) {
  const slug = (await params).organization
  const report = await memberPage(slug, readIsolationReport)
  return (
    <>
      <PageHeader
        title="Isolation"
        description="How PostgreSQL itself keeps your organization's rows apart, read from its catalog just now."
        actions={<a href={`/api/v1/${slug}/isolation`} download className={buttonClass({})}><Download aria-hidden />JSON</a>}
      />
      <ReportView report={report} />
    </>
  )
}
