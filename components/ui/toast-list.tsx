'use client'

import { Toast } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ToastOptions } from './toast'

const ICONS = { neutral: null, success: CircleCheck, info: Info, warning: TriangleAlert, danger: CircleAlert }
const ICON_COLOURS = { neutral: '', success: 'text-success', info: 'text-info', warning: 'text-warning', danger: 'text-danger' }
const TIMEOUT_MS = 6_000
const ACTION_TIMEOUT_MS = 12_000

const manager = Toast.createToastManager()

function addToast({ title, description, tone = 'neutral', action }: ToastOptions) {
  const id = manager.add({
    title,
    description,
    type: tone,
    priority: tone === 'danger' ? 'high' : 'low',
    timeout: action ? ACTION_TIMEOUT_MS : TIMEOUT_MS,
    actionProps: action && {
      children: action.label,
      onClick: () => {
        action.onClick()
        manager.close(id)
      },
    },
  })
}

/** `said`: all there ever were, the last one last. */
export function Toasts({ said }: { said: ToastOptions[] }) {
  const shown = useRef(0)
  useEffect(() => {
    for (; shown.current < said.length; shown.current++) addToast(said[shown.current]!)
  }, [said])
  return (
    <Toast.Provider toastManager={manager} timeout={TIMEOUT_MS} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-3 bottom-3 z-60 flex flex-col-reverse gap-2 sm:left-auto sm:w-96">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => {
    const tone = (toast.type ?? 'neutral') as keyof typeof ICONS
    const Icon = ICONS[tone]
    return (
      <Toast.Root key={toast.id} toast={toast} className="popup data-limited:hidden [transform:translate(var(--toast-swipe-movement-x),var(--toast-swipe-movement-y))]">
        <Toast.Content className="flex items-start gap-2.5 py-2.5 ps-3.5 pe-2">
          {Icon && <Icon aria-hidden className={`mt-1 size-4 shrink-0 ${ICON_COLOURS[tone]}`} />}
          <div className="min-w-0 flex-1 py-0.5">
            <Toast.Title className="font-medium" />
            <Toast.Description className="text-text-muted" />
          </div>
          <Toast.Action className="min-h-7 rounded-md px-2 font-medium text-accent hover:bg-surface-hover" />
          <Toast.Close aria-label="Dismiss" className="grid size-7 shrink-0 place-items-center rounded-md text-text-muted hover:bg-surface-hover">
            <X aria-hidden className="size-4" />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    )
  })
}
