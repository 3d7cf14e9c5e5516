'use client'

import { X } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { classNames } from './class-names'
import { lazyPart, usePart } from './lazy-part'
import { PopupTrigger } from './popup-trigger'

const popupParts = lazyPart(() => import('./multi-select-popup'))

export type MultiSelectOption = { value: string; label: string; icon?: ReactNode; hint?: string }

export type MultiSelectProps = {
  /** Each chosen value is sent under this name: read it with `form.getAll(name)`. */
  name: string
  options: MultiSelectOption[]
  value?: string[]
  defaultValue?: string[]
  onValueChange?: (values: string[]) => void
  placeholder?: string
  disabled?: boolean
  /** From Field. */
  id?: string
  required?: boolean
  'aria-describedby'?: string
  'aria-invalid'?: true
  /** Only where no Field gives the label. */
  'aria-label'?: string
}

/** Values that are no longer among the options stay chosen and are sent, so saving a form never drops them silently. */
export function MultiSelect({ name, options, value, defaultValue = [], onValueChange, placeholder = 'Choose…', disabled, required, ...aria }: MultiSelectProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [isWanted, setWanted] = useState(false)
  const parts = usePart(popupParts, isWanted)
  const [ownValues, setOwnValues] = useState(defaultValue)
  const chosen = (value ?? ownValues).map((id) => options.find((option) => option.value === id) ?? { value: id, label: 'No longer available' })

  function choose(next: MultiSelectOption[]) {
    const values = next.map((option) => option.value)
    setOwnValues(values)
    onValueChange?.(values)
  }

  const trigger = (
    <button type="button" {...aria} aria-required={required} disabled={disabled} className="min-h-6.5 min-w-20 flex-1 rounded-sm px-2 text-start text-text-muted outline-none">
      {chosen.length > 0 ? 'Change…' : placeholder}
    </button>
  )
  return (
    <>
      <div ref={frame} aria-invalid={aria['aria-invalid']} className={classNames('control flex min-h-9 flex-wrap items-center gap-1 p-1 pointer-coarse:min-h-11', disabled && 'bg-surface-sunken')}>
        {chosen.map((option) => (
          <Chip key={option.value} option={option} disabled={disabled} remove={() => choose(chosen.filter((other) => other !== option))} />
        ))}
        {parts
          ? <parts.MultiSelectPopup options={options} chosen={chosen} choose={choose} disabled={disabled} trigger={trigger} frame={frame} />
          : <PopupTrigger trigger={trigger} kind="listbox" isOpen={false} part={popupParts} onOpen={() => setWanted(true)} opensByArrow />}
      </div>
      {chosen.map((option) => (
        <input key={option.value} type="hidden" name={name} value={option.value} disabled={disabled} />
      ))}
    </>
  )
}

function Chip({ option, disabled, remove }: { option: MultiSelectOption; disabled?: boolean; remove: () => void }) {
  return (
    <span className="flex max-w-full items-center gap-1 rounded-sm bg-surface-hover ps-1.5 text-[0.8125rem]">
      {option.icon}
      <span className="truncate">{option.label}</span>
      <button type="button" onClick={remove} disabled={disabled} aria-label={`Remove ${option.label}`} className="grid size-6.5 shrink-0 place-items-center rounded-sm text-text-muted hover:text-text">
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  )
}
