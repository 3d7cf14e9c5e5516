/** Tagged SQL for the few queries that Prisma cannot say. Parameters only: there is no raw text to be had from here. */
import { Prisma } from '@/lib/generated/prisma/client'

export const sql = Prisma.sql
export const joinSql = Prisma.join
export type Sql = Prisma.Sql

/** The conditions that a list of events can be asked under: a type, which reaches nothing. */
export type EventCondition = Prisma.AuditEventWhereInput
