import { AsyncLocalStorage } from 'node:async_hooks'
import { ROOT_CONTEXT, SpanStatusCode, trace, type Span, type Tracer } from '@opentelemetry/api'

type Attributes = Record<string, string | number | boolean | undefined>
type Tracing = { tracer: Tracer; current: AsyncLocalStorage<Span>; end: () => Promise<void> }

const AT_STOP = Symbol.for('bulkhead.at-stop')
// Not registered with the API: libraries that find a tracer there write addresses and texts into their spans.
const shared = globalThis as unknown as { bulkheadTracing?: Tracing; [AT_STOP]?: Set<() => Promise<void>> }

/** From here on spans go to OTEL_EXPORTER_OTLP_ENDPOINT, by OTLP over HTTP. Without the setting nothing of it is loaded. */
export async function startTracing(endpoint = process.env.OTEL_EXPORTER_OTLP_ENDPOINT): Promise<void> {
  if (!endpoint || shared.bulkheadTracing) return
  const [{ BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace'), import('@opentelemetry/exporter-trace-otlp-http'), import('@opentelemetry/resources'),
  ])
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })
  const share = Number(process.env.OTEL_TRACES_SAMPLER_ARG || 1)
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': process.env.OTEL_SERVICE_NAME || 'bulkhead' }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 2_000 })],
  })
  shared.bulkheadTracing = { tracer: provider.getTracer('bulkhead'), current: new AsyncLocalStorage(), end: () => provider.shutdown() }
  ;(shared[AT_STOP] ??= new Set()).add(stopTracing)
}

/** Sends what has not been sent. */
export async function stopTracing(): Promise<void> {
  const tracing = shared.bulkheadTracing
  shared.bulkheadTracing = undefined
  await tracing?.end()
}

/** Runs work as one span inside the span around it. `attributes` are ids, counts and words of ours, never what a person wrote. Without tracing it runs the work. */
export async function withSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  const open = openSpan(name, attributes)
  if (!open) return work()
  try {
    return await open.run(work)
  } catch (error) {
    open.end({}, (error as Error).name)
    throw error
  } finally {
    open.end()
  }
}

type Open = { run<T>(work: () => T): T; end(attributes?: Attributes, failure?: string): void }

/** The same for what ends elsewhere: run everything inside of it with `run`, and say when it is over with `end`. */
export function openSpan(name: string, attributes: Attributes): Open | undefined {
  const tracing = shared.bulkheadTracing
  if (!tracing) return undefined
  const parent = tracing.current.getStore()
  const span = tracing.tracer.startSpan(name, { attributes }, parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT)
  let isOver = false
  return {
    run: (work) => tracing.current.run(span, work),
    end: (more = {}, failure) => {
      if (isOver) return
      isOver = true
      for (const [key, value] of Object.entries(more)) if (value !== undefined) span.setAttribute(key, value)
      // The name of the error alone: its words may hold what a person wrote.
      if (failure) span.setStatus({ code: SpanStatusCode.ERROR, message: failure })
      span.end()
    },
  }
}
