'use client'

import { Combobox } from '@base-ui/react/combobox'
import { Check, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
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
export function MultiSelect({ name, options, value, defaultValue = [], onValueChange, placeholder = 'Search…', disabled, required, ...aria }: MultiSelectProps) {
  const [ownValues, setOwnValues] = useState(defaultValue)
  const chosen = (value ?? ownValues).map((id) => options.find((option) => option.value === id) ?? { value: id, label: 'No longer available' })

  function choose(next: MultiSelectOption[]) {
    const values = next.map((option) => option.value)
    setOwnValues(values)
    onValueChange?.(values)
  }

  return (
    <Combobox.Root multiple items={options} value={chosen} onValueChange={choose} isItemEqualToValue={(a, b) => a.value === b.value} disabled={disabled} autoHighlight>
      <Combobox.InputGroup className={classNames('control flex min-h-9 cursor-text flex-wrap items-center px-1.5 py-1 pointer-coarse:min-h-11', disabled && 'bg-surface-sunken')} aria-invalid={aria['aria-invalid']}>
        <Combobox.Chips className="flex w-full flex-wrap items-center gap-1" aria-label={chosen.length > 0 ? 'Chosen' : undefined}>
          {chosen.map((option) => (
            <Combobox.Chip key={option.value} aria-label={option.label} className="flex max-w-full items-center gap-1 rounded-sm bg-surface-hover ps-1.5 text-[0.8125rem] data-highlighted:outline-2 data-highlighted:outline-focus">
              {option.icon}
              <span className="truncate">{option.label}</span>
              <Combobox.ChipRemove aria-label={`Remove ${option.label}`} className="grid size-6 shrink-0 place-items-center rounded-sm text-text-muted hover:text-text">
                <X aria-hidden className="size-3.5" />
              </Combobox.ChipRemove>
            </Combobox.Chip>
          ))}
          <Combobox.Input {...aria} aria-required={required} placeholder={chosen.length > 0 ? '' : placeholder} className="h-6 min-w-16 flex-1 bg-transparent px-1.5 outline-none placeholder:text-text-muted" />
        </Combobox.Chips>
      </Combobox.InputGroup>
      {chosen.map((option) => (
        <input key={option.value} type="hidden" name={name} value={option.value} disabled={disabled} />
      ))}
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className="z-60 outline-none">
          <Combobox.Popup className="popup max-h-[min(var(--available-height),18rem)] w-(--anchor-width) min-w-56 overflow-y-auto overscroll-contain p-1">
            <Combobox.Empty className="px-2 py-2 text-text-muted empty:hidden">Nothing matches.</Combobox.Empty>
            <Combobox.List>
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
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}
