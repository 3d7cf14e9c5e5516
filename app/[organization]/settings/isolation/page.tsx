import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { ReportView } from '@/components/isolation/report-view'
import { PageHeader } from '@/components/shell/page-header'
import { buttonClass } from '@/components/ui/button-class'
import { PrintButton } from '@/components/ui/print-button'
import { memberPage } from '@/lib/auth/session'
import { readIsolationReport } from '@/lib/isolation/organization-report'
import { askForProbe } from './actions'

export const metadata: Metadata = { title: 'Isolation' }

export default async function IsolationPage({ params }: { params: Promise<{ organization: string }> }) {
  const slug = (await params).organization
  const { report, zone } = await memberPage(slug, async (scope) => ({ report: await readIsolationReport(scope), zone: scope.member.timezone }))
  return (
    <>
      <PageHeader
        title="Isolation"
        description="How PostgreSQL itself keeps your organization's rows apart, read from its catalog just now."
        actions={<><a href={`/api/v1/${slug}/isolation`} download className={buttonClass({}, 'print:hidden')}><Download aria-hidden />JSON</a><PrintButton variant="secondary" /></>}
      />
      <ReportView report={report} zone={zone} askProbe={askForProbe} />
    </>
  )
}
