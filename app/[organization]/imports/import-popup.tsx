'use client'

import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import type { DialogTarget } from '@/lib/imports/dialog-target'
import type { Uploaded } from '@/lib/imports/imports'
import type { Mapping } from '@/lib/imports/schema'
import { CheckStep } from './check-step'
import { MapStep } from './map-step'
import { ReportStep, type Report } from './report-step'
import { ApplyStep } from './apply-step'
import { UploadStep } from './upload-step'

export type ImportProps = { target: DialogTarget; projects?: { id: string; name: string }[]; projectId?: string }
type Step =
  | { at: 'upload' }
  | { at: 'map'; uploaded: Uploaded; mapping: Mapping }
  | { at: 'check'; uploaded: Uploaded; mapping: Mapping; job: string }
  | { at: 'report'; uploaded: Uploaded; mapping: Mapping; report: Report }
  | { at: 'apply'; uploaded: Uploaded; report: Report; job: string }

const TITLES = { upload: 'Choose a file', map: 'What is in which column', check: 'Trying it', report: 'What would happen', apply: 'Bringing it in' }

/** Brings a file into a list: choose, map, try, and only then apply. Until the last step nothing is changed. */
export function ImportPopup({ target, projects, projectId, open, setOpen }: ImportProps & { open: boolean; setOpen: (open: boolean) => void }) {
  const [step, setStep] = useState<Step>({ at: 'upload' })
  const change = (next: boolean) => {
    setOpen(next)
    if (!next) setStep({ at: 'upload' })
  }
  return (
    <Dialog title={`Import ${target.title.toLowerCase()}: ${TITLES[step.at].toLowerCase()}`} size="lg" open={open} onOpenChange={change}>
      {step.at === 'upload' && <UploadStep target={target} projects={projects} projectId={projectId} onDone={(uploaded) => setStep({ at: 'map', uploaded, mapping: uploaded.mapping })} />}
      {step.at === 'map' && <MapStep target={target} uploaded={step.uploaded} mapping={step.mapping} onBack={() => setStep({ at: 'upload' })} onDone={(mapping, job) => setStep({ at: 'check', uploaded: step.uploaded, mapping, job })} />}
      {step.at === 'check' && <CheckStep batch={step.uploaded.id} job={step.job} total={step.uploaded.preview.rowCount} onBack={() => setStep({ ...step, at: 'map' })} onDone={(report) => setStep({ ...step, at: 'report', report })} />}
      {step.at === 'report' && <ReportStep report={step.report} onBack={() => setStep({ ...step, at: 'map' })} onDone={(job) => setStep({ ...step, at: 'apply', job })} />}
      {step.at === 'apply' && <ApplyStep report={step.report} job={step.job} onClose={() => change(false)} />}
    </Dialog>
  )
}
