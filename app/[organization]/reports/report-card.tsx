import type { ReactNode } from 'react'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import type { ExportKey } from '@/lib/exports/lists'
import { ExportMenu } from '../exports/export-menu'

/** A report with the button that takes away just it. */
export function ReportCard({ title, description, list, children, className }: { title: string; description: string; list?: ExportKey; children: ReactNode; className?: string }) {
  return (
    <Card aria-label={title} className={className}>
      <CardHeader title={title} description={description} actions={list && <ExportMenu list={list} />} />
      <CardBody>{children}</CardBody>
    </Card>
  )
}
