import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'

/** A real S3-compatible server on this machine, with one bucket. It knows keys by their id and does not check what they signed. */
export async function startS3Server() {
  const directory = mkdtempSync(join(tmpdir(), 'bulkhead-s3-'))
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets: [{ name: 'files' }] })
  const { port } = await server.run()
  return {
    settings: { FILES_S3_ENDPOINT: `http://127.0.0.1:${port}`, FILES_S3_REGION: 'us-east-1', FILES_S3_BUCKET: 'files', FILES_S3_KEY_ID: 'S3RVER', FILES_S3_SECRET: 'S3RVER', FILES_S3_PATH_STYLE: 'on' as const },
    stop: async () => {
      await server.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
