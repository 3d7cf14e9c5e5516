import { headers } from 'next/headers'
import { ErrorPage } from '@/components/shell/error-page'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { memberAnswer } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { isOn, MODULES, PAGES_OF_MODULES } from '@/lib/modules/modules'
import type { MemberAnswer } from '@/lib/platform/directory'
import { LookAgain } from './look-again'

/** A member is told when the page belongs to a module that is switched off; support, whose time may be over, looks again. */
export default async function NotFound() {
  const [path = ''] = ((await headers()).get('x-path') ?? '').split('?')
  const [, slug = '', page = ''] = path.split('/')
  const answer = await memberAnswer(slug)
  const off = findSwitchedOff(answer, page)
  const isSupport = answer.state === 'member' && answer.member.support !== undefined
  if (!off) return <ErrorPage kind="not-found" actions={<><AppLink href="/organizations" className={buttonClass({ variant: 'secondary' })}>Your organizations</AppLink>{isSupport && <LookAgain path={path} />}</>} />
  const { label, mayManage } = off
  return (
    <ErrorPage kind="not-found" title={`${label} is switched off`} actions={mayManage && <AppLink href={`/${slug}/settings/modules`} className={buttonClass({ variant: 'secondary' })}>Modules</AppLink>}>
      {mayManage ? 'Switch it on under Modules: everything in it is as it was.' : 'An owner or admin can switch it on. Nothing in it is lost.'}
    </ErrorPage>
  )
}

function findSwitchedOff(answer: MemberAnswer, page: string) {
  const key = Object.hasOwn(PAGES_OF_MODULES, page) ? PAGES_OF_MODULES[page] : undefined
  if (!key || answer.state !== 'member' || answer.gate || isOn(answer.member, key)) return null
  return { label: MODULES[key].label, mayManage: can(answer.member.role, 'modules:manage') }
}
