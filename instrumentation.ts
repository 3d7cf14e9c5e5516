/** Before the first request: the settings are whole, and both connections are ones that row security binds. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { env } = await import('@/lib/env')
  const { checkConnection } = await import('@/lib/tenancy/boot')
  try {
    const { TENANT_DATABASE_URL, PLATFORM_DATABASE_URL } = env()
    await checkConnection('TENANT_DATABASE_URL', TENANT_DATABASE_URL)
    await checkConnection('PLATFORM_DATABASE_URL', PLATFORM_DATABASE_URL)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
