import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js'

/** @returns {import('next').NextConfig} */
export default function config(phase) {
  return {
    // A development server and a production build may run side by side; neither may overwrite the other.
    distDir: phase === PHASE_DEVELOPMENT_SERVER ? '.next/dev-server' : '.next',
    poweredByHeader: false,
    productionBrowserSourceMaps: false,
    // Types are a check of their own (npm run types), not a second one in every build.
    typescript: { ignoreBuildErrors: true },
    images: { unoptimized: true },
    serverExternalPackages: ['@node-rs/argon2', 'pg', '@prisma/adapter-pg', '@prisma/client', 'nodemailer', 'rate-limiter-flexible', 'prom-client', '@opentelemetry/api', '@opentelemetry/sdk-trace', '@opentelemetry/exporter-trace-otlp-http', '@opentelemetry/resources'],
    experimental: {
      authInterrupts: true,
      serverActions: { bodySizeLimit: '1mb' },
    },
  }
}
