'use client'

import { Combobox } from '@base-ui/react/combobox'
import { Check, Search } from 'lucide-react'
import type { ReactElement, RefObject } from 'react'
import type { MultiSelectOption } from './multi-select'

type PopupProps = {
  options: MultiSelectOption[]
  chosen: MultiSelectOption[]
  choose: (next: MultiSelectOption[]) => void
  disabled?: boolean
  trigger: ReactElement
  frame: RefObject<HTMLElement | null>
}

/** What opens beside the trigger: open from the start, since it is only fetched when it is wanted. */
export function MultiSelectPopup({ options, chosen, choose, disabled, trigger, frame }: PopupProps) {
  return (
    <Combobox.Root defaultOpen multiple items={options} value={chosen} onValueChange={choose} isItemEqualToValue={(a, b) => a.value === b.value} disabled={disabled} autoHighlight>
      <Combobox.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
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
