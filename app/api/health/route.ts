export const dynamic = 'force-dynamic'

/** 200 while this process serves, whatever it depends on: for who restarts one that does not. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } })
}
