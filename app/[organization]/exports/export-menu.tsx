'use client'

import { Download, FileJson, FileSpreadsheet, FileText, Printer } from 'lucide-react'
import { useState } from 'react'
import { useOrganization } from '@/components/forms/organization'
import { UNREACHABLE } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { lazyComponent } from '@/components/ui/lazy-part'
import { Menu, MenuItem } from '@/components/ui/menu'
import { useToast } from '@/components/ui/toast'

const ExportDialog = lazyComponent(() => import('./export-dialog').then((module) => module.ExportDialog))

/** The filters of the page are those of its file; `fixed` is said by the place, not the address. */
export function ExportMenu({ list, fixed = {} }: { list: string; fixed?: Record<string, string> }) {
  const { slug } = useOrganization()
  const toast = useToast()
  const [isBusy, setBusy] = useState(false)
  const [job, setJob] = useState<string | null>(null)
  const query = (more: Record<string, string>) => new URLSearchParams([...new URLSearchParams(window.location.search), ...Object.entries(fixed), ...Object.entries(more)])

  async function take(format: string) {
    setBusy(true)
    const answer = await fetch(`/api/v1/${slug}/exports/${list}?${query({ format })}`).catch(() => null)
    setBusy(false)
    if (answer?.status === 202) return setJob(((await answer.json()) as { job: string }).job)
    if (answer?.ok) return save(await answer.blob(), /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? `${list}.${format}`)
    const refusal = (await answer?.json().catch(() => null)) as { error?: { message: string } } | null | undefined
    toast({ title: refusal?.error?.message ?? UNREACHABLE, tone: 'danger' })
  }

  return (
    <>
      <Menu align="end" trigger={<Button isShort icon={<Download />} pending={isBusy}>Export</Button>}>
        <MenuItem icon={<FileText />} onClick={() => void take('csv')}>CSV</MenuItem>
        <MenuItem icon={<FileSpreadsheet />} onClick={() => void take('xlsx')}>Excel (XLSX)</MenuItem>
        <MenuItem icon={<FileJson />} onClick={() => void take('json')}>JSON</MenuItem>
        <MenuItem icon={<Printer />} onClick={() => window.open(`/${slug}/print/${list}?${query({})}`, '_blank', 'noopener')}>Print</MenuItem>
      </Menu>
      {job && <ExportDialog open job={job} onClose={() => setJob(null)} />}
    </>
  )
}

function save(file: Blob, name: string) {
  const url = URL.createObjectURL(file)
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
