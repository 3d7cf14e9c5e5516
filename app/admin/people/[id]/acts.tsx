'use client'

import { ActDialog } from '../../act-dialog'
import { askSuperAdmin, deactivate, decideOnSuperAdmin, reactivate, resetFactor, sendLink, signOutEverywhere, withdrawSuperAdmin } from '../actions'

const READ = 'They read it by mail and in their security log.'

export function AccountActs({ id, name, isActive, hasFactor, sessions }: { id: string; name: string; isActive: boolean; hasFactor: boolean; sessions: number }) {
  const hidden = { id }
  return (
    <div className="flex flex-wrap gap-2">
      <ActDialog isOffered={isActive} label="Send reset link" title={`Send ${name} a link?`} consequence="It sets a new password, once, within the hour. It goes to their address and is shown to nobody." confirmLabel="Send it" action={sendLink} hidden={hidden} />
      <ActDialog isOffered={sessions > 0} label="Sign out everywhere" title={`Sign ${name} out everywhere?`} consequence="On every device, programs that signed in included. They can sign in again." action={signOutEverywhere} hidden={hidden} />
      <ActDialog isOffered={hasFactor} label="Reset second factor" title={`Take the second factor off ${name}?`} consequence="Authenticator, passkeys and recovery codes go, and they are signed out everywhere. Whoever has their password gets in with it alone: be sure who asks." confirmLabel="Take it off" action={resetFactor} hidden={hidden} tone="danger" reason={READ} />
      <ActDialog isOffered={isActive} label="Deactivate" title={`Deactivate ${name}?`} consequence="They are out everywhere from the next click on, and their keys with them. Nothing of theirs is deleted." action={deactivate} hidden={hidden} tone="danger" look="danger" reason={READ} />
      <ActDialog isOffered={!isActive} label="Reactivate" title={`Make ${name} active again?`} consequence="They can sign in again, with all that they had." action={reactivate} hidden={hidden} look="primary" />
    </div>
  )
}

type Props = { id: string; name: string; isMe: boolean; isActive: boolean; isSuperAdmin: boolean; request: { id: string; isMine: boolean } | null }

export function SuperAdminActs({ id, name, isMe, isActive, isSuperAdmin, request }: Props) {
  if (isMe) return null
  const decide = { request: request?.id ?? '' }
  return (
    <div className="flex flex-wrap gap-2">
      <ActDialog isOffered={request !== null && !request.isMine} label="Approve" title={`Make ${name} a super-admin?`} consequence="From their next click on they run this installation as you do." action={decideOnSuperAdmin} hidden={{ ...decide, decision: 'approve' }} look="primary" />
      <ActDialog isOffered={request !== null} label={request?.isMine ? 'Take it back' : 'Turn down'} title={request?.isMine ? 'Take the request back?' : `Turn ${name} down?`} consequence="It can be asked for again." action={decideOnSuperAdmin} hidden={{ ...decide, decision: 'decline' }} />
      {request?.isMine && <p className="self-center text-text-muted">Another super-admin has to approve it.</p>}
      <ActDialog isOffered={!request && isSuperAdmin} label="Take it away" title={`Take super-admin away from ${name}?`} consequence="From their next click on; they are signed out everywhere." action={withdrawSuperAdmin} hidden={{ id }} tone="danger" look="danger" reason={READ} />
      <ActDialog isOffered={!request && !isSuperAdmin && isActive} label="Ask for super-admin" title={`Make ${name} a super-admin?`} consequence="Another super-admin has to approve it within 24 hours. All of them are told." confirmLabel="Ask" action={askSuperAdmin} hidden={{ id }} reason="The other super-admins read it." />
    </div>
  )
}
