'use client'

import { Combobox } from '@base-ui/react/combobox'
import { Check, Search, X } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { classNames } from './class-names'

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
  const [ownValues, setOwnValues] = useState(defaultValue)
  const chosen = (value ?? ownValues).map((id) => options.find((option) => option.value === id) ?? { value: id, label: 'No longer available' })

  function choose(next: MultiSelectOption[]) {
    const values = next.map((option) => option.value)
    setOwnValues(values)
    onValueChange?.(values)
  }

  return (
    <Combobox.Root multiple items={options} value={chosen} onValueChange={choose} isItemEqualToValue={(a, b) => a.value === b.value} disabled={disabled} autoHighlight>
      <div ref={frame} aria-invalid={aria['aria-invalid']} className={classNames('control flex min-h-9 flex-wrap items-center gap-1 p-1 pointer-coarse:min-h-11', disabled && 'bg-surface-sunken')}>
        {chosen.map((option) => (
          <Chip key={option.value} option={option} disabled={disabled} remove={() => choose(chosen.filter((other) => other !== option))} />
        ))}
        <Combobox.Trigger {...aria} aria-required={required} className="min-h-6.5 min-w-20 flex-1 rounded-sm px-2 text-start text-text-muted outline-none">
          {chosen.length > 0 ? 'Change…' : placeholder}
        </Combobox.Trigger>
      </div>
      {chosen.map((option) => (
        <input key={option.value} type="hidden" name={name} value={option.value} disabled={disabled} />
      ))}
      <Combobox.Portal>
        <Combobox.Positioner anchor={frame} sideOffset={4} align="start" className="z-60 outline-none">
          <Combobox.Popup aria-label="Choices" className="popup flex max-h-[min(var(--available-height),20rem)] w-(--anchor-width) min-w-56 flex-col overflow-hidden">
            <Choices />
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
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

function Choices() {
  return (
    <>
      <div className="flex items-center gap-2 border-b px-3">
        <Search aria-hidden className="size-4 shrink-0 text-text-muted" />
        <Combobox.Input aria-label="Filter the choices" placeholder="Filter…" className="h-9 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-text-muted sm:text-sm" />
      </div>
      <Combobox.Empty className="px-3 py-3 text-text-muted empty:hidden">Nothing matches.</Combobox.Empty>
      <Combobox.List className="min-h-0 overflow-y-auto overscroll-contain p-1 data-empty:p-0">
        {(option: MultiSelectOption) => (
          <Combobox.Item key={option.value} value={option} className="menu-item">
            {option.icon}
            <span className="min-w-0 flex-1 truncate">{option.label}</span>
            {option.hint && <span className="truncate text-xs text-text-muted">{option.hint}</span>}
            <Combobox.ItemIndicator>
              <Check aria-hidden className="size-4 text-accent" />
            </Combobox.ItemIndicator>
          </Combobox.Item>
        )}
      </Combobox.List>
    </>
  )
}
