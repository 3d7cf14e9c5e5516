import 'server-only'
import { statfs } from 'node:fs/promises'
import { availableParallelism, freemem, loadavg, totalmem } from 'node:os'
import { env } from '@/lib/env'
import { ask } from '@/lib/platform/ask'
import { platformPool } from '@/lib/platform/client'
import { hashToken } from '@/lib/tokens/token'

/** Parts of what there is, 0 to 1; null where it cannot be measured. */
export type Machine = { cpu: number; memory: number; disk: number | null; uptimeS: number; rssBytes: number; nodeVersion: string }

/** This process and the machine it runs on; the disk is the one that holds the files. */
export async function readMachine(): Promise<Machine> {
  const disk = await statfs(env().FILES_S3_ENDPOINT ? '.' : env().FILES_DIRECTORY).catch(() => statfs('.')).catch(() => null)
  return {
    cpu: Math.min(1, loadavg()[0]! / availableParallelism()), memory: 1 - freemem() / totalmem(), disk: disk && disk.blocks > 0 ? 1 - disk.bavail / disk.blocks : null,
    uptimeS: process.uptime(), rssBytes: process.memoryUsage().rss, nodeVersion: process.version,
  }
}

export type DatabaseFacts = { version: string; uptimeS: number; sizeBytes: number; connections: number; connectionsMax: number }

export async function readDatabase(): Promise<DatabaseFacts> {
  const { rows: [row] } = await platformPool().query<{ version: string; uptime: number; size: string; connections: number; most: number }>(
    `SELECT current_setting('server_version') AS version, extract(epoch FROM now() - pg_postmaster_start_time())::float8 AS uptime, pg_database_size(current_database()) AS size, (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()) AS connections, current_setting('max_connections')::int AS most`)
  return { version: row!.version.split(' ')[0]!, uptimeS: row!.uptime, sizeBytes: Number(row!.size), connections: row!.connections, connectionsMax: row!.most }
}

export type TableSize = { name: string; sizeBytes: number; rows: number }

/** The largest tables with their indexes; rows as the planner believes. */
export async function listTableSizes(most: number): Promise<TableSize[]> {
  const { rows } = await platformPool().query<{ name: string; size: string; rows: string }>(
    `SELECT c.relname AS name, pg_total_relation_size(c.oid) AS size, greatest(c.reltuples, 0)::bigint AS rows FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 2 DESC LIMIT $1`, [most])
  return rows.map(({ name, size, rows: count }) => ({ name, sizeBytes: Number(size), rows: Number(count) }))
}

export type Backup = { kind: 'backup' | 'drill'; success: boolean; finishedAt: Date; seconds: number; sizeBytes: number; note: string }

/** The last that went well and the last that did not, of each kind; none for who is no super-admin. */
export async function listLastBackups(sessionToken: string, now = new Date()): Promise<Backup[]> {
  const rows = await ask<{ kind: Backup['kind']; success: boolean; finished_at: Date; seconds: number; size_bytes: string; note: string }>('last_backups($1, $2)', [hashToken(sessionToken), now])
  return rows.map(({ kind, success, finished_at, seconds, size_bytes, note }) => ({ kind, success, finishedAt: finished_at, seconds, sizeBytes: Number(size_bytes), note }))
}
