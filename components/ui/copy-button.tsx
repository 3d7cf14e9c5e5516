'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, type ButtonProps } from './button'

const SHOWN_MS = 2_000

/** Says so when the browser refuses the clipboard, rather than pretending. */
export function CopyButton({ text, label = 'Copy', ...props }: { text: string; label?: string } & Pick<ButtonProps, 'variant' | 'size' | 'className'>) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [state])

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      setState('refused')
    }
  }

  return (
    <Button size="sm" {...props} onClick={copy} icon={state === 'copied' ? <Check /> : <Copy />}>
      <span aria-live="polite">{{ idle: label, copied: 'Copied', refused: 'Select and copy by hand' }[state]}</span>
    </Button>
  )
}
