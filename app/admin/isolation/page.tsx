import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { ReportView } from '@/components/isolation/report-view'
import { PageHeader } from '@/components/shell/page-header'
import { buttonClass } from '@/components/ui/button-class'
import { PrintButton } from '@/components/ui/print-button'
import { requireSuperAdmin } from '@/lib/auth/super-admin'
import { readPlatformIsolationReport } from '@/lib/isolation/platform-report'
import { askForProbe } from './actions'

export const metadata: Metadata = { title: 'Isolation' }

export default async function PlatformIsolationPage() {
  const { timezone } = await requireSuperAdmin()
  const report = await readPlatformIsolationReport()
  return (
    <>
      <PageHeader title="Isolation" description="How PostgreSQL itself keeps organizations apart, read from its catalog just now." actions={<><a href="/admin/isolation/report" download="isolation.json" className={buttonClass({}, 'print:hidden')}><Download aria-hidden />JSON</a><PrintButton variant="secondary" /></>} />
      <ReportView report={report} zone={timezone ?? 'UTC'} askProbe={askForProbe} />
    </>
  )
}
