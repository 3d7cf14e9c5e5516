import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { OPERATIONS } from '@/lib/operations/operations'

/** How an assistant is connected, and by which tools it works. */
export function ToolsHelp({ url }: { url: string }) {
  const configuration = JSON.stringify({ mcpServers: { bulkhead: { type: 'http', url, headers: { Authorization: 'Bearer bh_…' } } } }, null, 2)
  return (
    <Card className="mt-6">
      <CardHeader title="For an assistant (MCP)" description="An assistant that speaks the Model Context Protocol works by tools, in your name and with what its key may. It needs a key that may work by tools." />
      <CardBody className="flex flex-col gap-4">
        <p className="flex flex-wrap items-center gap-2"><span className="font-medium">Endpoint</span> <code className="font-mono break-all">{url}</code> <CopyButton text={url} /></p>
        <div>
          <p className="mb-1 flex flex-wrap items-center gap-2"><span className="font-medium">Configuration</span> <CopyButton text={configuration} /></p>
          <pre tabIndex={0} aria-label="Configuration" className="overflow-x-auto rounded-md border bg-surface-sunken p-3 font-mono text-xs">{configuration}</pre>
        </div>
        <details>
          <summary className="cursor-pointer font-medium">{OPERATIONS.length} tools</summary>
          <dl className="mt-2 divide-y">
            {OPERATIONS.map(({ name, description, permission }) => (
              <div key={name} className="grid gap-x-4 py-2 sm:grid-cols-[14rem_1fr]">
                <dt><code className="font-mono">{name}</code><span className="block text-xs text-text-muted">{permission}</span></dt>
                <dd className="text-text-muted">{description}</dd>
              </div>
            ))}
          </dl>
        </details>
      </CardBody>
    </Card>
  )
}
