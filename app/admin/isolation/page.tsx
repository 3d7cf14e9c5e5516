import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { ReportView } from '@/components/isolation/report-view'
import { PageHeader } from '@/components/shell/page-header'
import { buttonClass } from '@/components/ui/button-class'
import { requireSuperAdmin } from '@/lib/auth/super-admin'
import { readPlatformIsolationReport } from '@/lib/isolation/platform-report'

export const metadata: Metadata = { title: 'Isolation' }

export default async function PlatformIsolationPage() {
  await requireSuperAdmin()
  const report = await readPlatformIsolationReport()
  return (
    <>
      <PageHeader title="Isolation" description="How PostgreSQL itself keeps organizations apart, read from its catalog just now." actions={<a href="/admin/isolation/report" download="isolation.json" className={buttonClass({})}><Download aria-hidden />JSON</a>} />
      <ReportView report={report} />
    </>
  )
}
