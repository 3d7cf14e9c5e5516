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
    ...(await readMyPlans(tx, userId)),
  }
}

async function readMyPlans(tx: Scope['tx'], userId: string) {
  const [author, maker, latest] = [{ authorUserId: userId }, { createdBy: userId }, { orderBy: { id: 'desc' }, take: LATEST } as const]
  return {
    progressReports: await tx.taskProgress.findMany({ where: author, ...latest }),
    taskMoves: await tx.taskMove.findMany({ where: maker, ...latest }),
    dependencies: await tx.taskDependency.findMany({ where: maker, ...latest }),
    workstreams: await tx.workstream.findMany({ where: maker, ...latest }),
    goals: await tx.goal.findMany({ where: maker, ...latest }),
    ideas: await tx.idea.findMany({ where: author, ...latest }),
    ideaAnswers: await tx.ideaAnswer.findMany({ where: author, ...latest }),
    ideaTasks: await tx.ideaTask.findMany({ where: maker, ...latest }),
    notebookSections: await tx.contextEntry.findMany({ where: { OR: [maker, { updatedBy: userId }] }, ...latest }),
    notebookVersions: await tx.contextVersion.findMany({ where: author, ...latest }),
    notebookDelegations: await tx.contextDelegation.findMany({ where: { OR: [maker, { decidedBy: userId }] }, ...latest }),
    templates: await tx.taskTemplate.findMany({ where: maker, ...latest }),
    suggestions: await tx.suggestion.findMany({ where: { decidedBy: userId }, ...latest }),
  }
}
