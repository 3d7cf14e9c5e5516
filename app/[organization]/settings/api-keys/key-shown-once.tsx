import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { FormMessage } from '@/components/ui/form-message'

export function KeyShownOnce({ text, done }: { text: string; done: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <FormMessage tone="warning">Copy it now: it is not shown again, not even to you. Whoever has it acts in your name.</FormMessage>
      <p className="flex flex-wrap items-center gap-2"><code className="min-w-0 flex-1 rounded-md border bg-surface-sunken p-3 font-mono text-xs break-all select-all">{text}</code><CopyButton text={text} /></p>
      <div className="flex justify-end"><Button variant="primary" onClick={done}>I have it</Button></div>
    </div>
  )
}
