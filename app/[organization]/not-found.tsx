import { headers } from 'next/headers'
import { ErrorPage } from '@/components/shell/error-page'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { memberAnswer } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { isOn, MODULES, PAGES_OF_MODULES } from '@/lib/modules/modules'

/** A member is told when the page belongs to a module that is switched off. */
export default async function NotFound() {
  const off = await findSwitchedOff()
  if (!off) return <ErrorPage kind="not-found" actions={<AppLink href="/organizations" className={buttonClass({ variant: 'secondary' })}>Your organizations</AppLink>} />
  const { label, slug, mayManage } = off
  return (
    <ErrorPage kind="not-found" title={`${label} is switched off`} actions={mayManage && <AppLink href={`/${slug}/settings/modules`} className={buttonClass({ variant: 'secondary' })}>Modules</AppLink>}>
      {mayManage ? 'Switch it on under Modules: everything in it is as it was.' : 'An owner or admin can switch it on. Nothing in it is lost.'}
    </ErrorPage>
  )
}

async function findSwitchedOff() {
  const [, slug = '', page = ''] = ((await headers()).get('x-path') ?? '').split(/[/?]/)
  const answer = Object.hasOwn(PAGES_OF_MODULES, page) ? await memberAnswer(slug) : null
  const key = PAGES_OF_MODULES[page]
  if (!key || answer?.state !== 'member' || answer.gate || isOn(answer.member, key)) return null
  return { slug, label: MODULES[key].label, mayManage: can(answer.member.role, 'modules:manage') }
}
