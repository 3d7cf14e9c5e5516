import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'

const LATEST = 10_000

/** What a person keeps in one organization beside the records that they made there. */
export async function readMyThings(tx: Scope['tx'], userId: string) {
  const [owner, requested, latest] = [{ ownerUserId: userId }, { requestedBy: userId }, { orderBy: { id: 'desc' }, take: LATEST } as const]
  return {
    projectsListedIn: await tx.containerMember.findMany({ where: { userId } }),
    statusChanges: await tx.taskStatusChange.findMany({ where: { actorUserId: userId }, ...latest }),
    files: await tx.attachment.findMany({ where: { createdBy: userId, deletedAt: null }, omit: { storageKey: true, sha256: true } }),
    personalLabelMarks: await tx.recordLabel.findMany({ where: owner, ...latest }),
    links: await tx.recordLink.findMany({ where: { createdBy: userId }, ...latest }),
    savedViews: await tx.savedView.findMany({ where: owner }),
    notifications: await tx.notification.findMany({ where: owner, ...latest }),
    snoozes: await tx.inboxSnooze.findMany({ where: { userId } }),
    // A count that JSON has no number for.
    apiKeys: (await tx.apiKey.findMany({ where: owner })).map((key) => ({ ...key, usageCount: Number(key.usageCount) })),
    imports: await tx.importBatch.findMany({ where: requested, omit: { storageKey: true, fileSha256: true } }),
    importMappings: await tx.importMapping.findMany({ where: owner }),
    exports: await tx.export.findMany({ where: requested, omit: { storageKey: true } }),
    jobs: await tx.job.findMany({ where: requested, ...latest }),
  }
}
