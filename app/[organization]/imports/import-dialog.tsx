'use client'

import { Upload } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { lazyComponent } from '@/components/ui/lazy-part'
import type { ImportProps } from './import-popup'

const ImportPopup = lazyComponent(() => import('./import-popup').then((module) => module.ImportPopup))

/** The one button by which a list takes files in. */
export function ImportDialog(props: ImportProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button isShort icon={<Upload />} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>Import</Button>
      <ImportPopup {...props} open={open} setOpen={setOpen} />
    </>
  )
}
