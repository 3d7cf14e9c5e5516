import { ACCOUNT_ACTS, deliveryOf, ORGANIZATION_ACTS } from './words'

/** What each mail needs to be written. Times are ISO instants; links are whole addresses of this installation. */
export type MailData = {
  sign_up: { name: string; link: string }
  sign_up_known: { link: string }
  reset_request: Record<string, never>
  reset_password: { name: string; link: string }
  reset_by_provider: { name: string; provider: string; link: string }
  password_changed: { name: string; at: string; timezone: string | null; link: string }
  verify_email: { name: string; link: string }
  change_email: { name: string; link: string }
  email_changed: { name: string; email: string }
  new_device: { name: string; device: string; address: string | null; at: string; timezone: string | null }
  factor_changed: { name: string; what: string; at: string; timezone: string | null }
  invitation: { organization: string; inviter: string; role: string; message: string; link: string; days: number }
  join_requested: { organization: string; person: string; email: string; link: string }
  join_approved: { organization: string; role: string; link: string }
  join_declined: { organization: string }
  notifications: { organization: string; items: { title: string; body: string; link: string }[]; more: boolean; inbox: string; settings: string }
  account_deleted: { name: string }
  /** `what`: an act of the console. */
  organization_state: { name: string; organization: string; what: string; reason: string }
  organization_given: { name: string; organization: string; link: string; isNew: boolean }
  account_state: { name: string; what: string; reason: string; at: string; timezone: string | null }
  super_admin_asked: { name: string; by: string; person: string; email: string; reason: string; link: string }
}
export type MailKind = keyof MailData

type Letter = { subject: string; paragraphs: string[]; action?: { label: string; link: string }; note?: string }
type Base = { home: string }

const IGNORE = 'If this was not you, ignore this message: nothing changes.'

// Whoever signs up with somebody else's address, or wishes for it, chooses the name that stands here: it must not become a link.
const hello = (name: string) => (/[:/@]|\.\S/.test(name) ? 'Hello,' : `Hello ${name},`)

const letters: { [K in MailKind]: (data: MailData[K], base: Base) => Letter } = {
  sign_up: ({ name, link }) => ({ subject: 'Confirm your e-mail address', paragraphs: [hello(name), 'confirm this address to finish signing up. The link works once, for 24 hours.'], action: { label: 'Confirm and start', link }, note: IGNORE }),
  sign_up_known: ({ link }) => ({ subject: 'You already have an account', paragraphs: ['Hello,', 'somebody, perhaps you, tried to sign up with this address. There is an account for it already: sign in, or set a new password there.'], action: { label: 'Sign in', link }, note: IGNORE }),
  reset_request: () => ({ subject: '', paragraphs: [] }),
  reset_password: ({ name, link }) => ({ subject: 'Set a new password', paragraphs: [hello(name), 'set a new password with this link. It works once, for one hour.'], action: { label: 'Set a new password', link }, note: IGNORE }),
  reset_by_provider: ({ name, provider, link }) => ({ subject: 'You sign in without a password', paragraphs: [hello(name), `a new password was asked for, but your account has none: you sign in with ${provider}.`], action: { label: 'Sign in', link }, note: IGNORE }),
  password_changed: ({ name, at, timezone, link }) => ({ subject: 'Your password was changed', paragraphs: [hello(name), `your password was changed on ${deliveryOf(at, timezone)}. Every other session was signed out.`], action: { label: 'It was not me', link } }),
  verify_email: ({ name, link }) => ({ subject: 'Confirm your e-mail address', paragraphs: [hello(name), 'confirm that this address is yours. The link works once, for 24 hours.'], action: { label: 'Confirm', link }, note: IGNORE }),
  change_email: ({ name, link }) => ({ subject: 'Confirm your new e-mail address', paragraphs: [hello(name), 'confirm this address to sign in with it from now on. The link works once, for 24 hours.'], action: { label: 'Use this address', link }, note: IGNORE }),
  email_changed: ({ name, email }) => ({ subject: 'Your e-mail address was changed', paragraphs: [hello(name), `your account now has the address ${email}. If this was not you, write to the people who run this installation at once.`] }),
  new_device: ({ name, device, address, at, timezone }, { home }) => ({
    subject: `New sign-in with ${device}`,
    paragraphs: [hello(name), `your account was used with a browser that we have not seen before: ${device}${address ? `, from ${address}` : ''}, on ${deliveryOf(at, timezone)}.`, 'If this was you, there is nothing to do. If not, end that session and change your password.'],
    action: { label: 'See your sessions', link: `${home}/account/sessions` },
  }),
  factor_changed: ({ name, what, at, timezone }, { home }) => ({ subject: 'Your second factor was changed', paragraphs: [hello(name), `${what}, on ${deliveryOf(at, timezone)}. If this was not you, change your password at once.`], action: { label: 'See your security settings', link: `${home}/account/security` } }),
  invitation: ({ organization, inviter, role, message, link, days }) => ({
    subject: `${inviter} invites you to ${organization}`,
    paragraphs: ['Hello,', `${inviter} invites you to join ${organization} as ${role}.`, ...(message ? [`“${message}”`] : []), `The link works once, for ${days} days, for this address.`],
    action: { label: `Join ${organization}`, link },
  }),
  join_requested: ({ organization, person, email, link }) => ({ subject: `${person} asks to join ${organization}`, paragraphs: ['Hello,', `${person} (${email}) asks to join ${organization}. An owner or admin decides.`], action: { label: 'Decide', link } }),
  join_approved: ({ organization, role, link }) => ({ subject: `You are now a member of ${organization}`, paragraphs: ['Hello,', `you were let into ${organization} as ${role}.`], action: { label: `Open ${organization}`, link } }),
  join_declined: ({ organization }) => ({ subject: `Your request to join ${organization}`, paragraphs: ['Hello,', `${organization} did not take up your request to join.`] }),
  notifications: ({ organization, items, more, inbox, settings }) => ({
    subject: items.length === 1 ? `${items[0]!.title} (${organization})` : `${items.length} things in ${organization}`,
    paragraphs: [...items.map(({ title, body, link }) => `${title}${body ? `: “${body.length > 200 ? `${body.slice(0, 200)}…` : body}”` : ''}\n${link}`), ...(more ? ['There is more in your inbox.'] : [])],
    action: { label: 'Open your inbox', link: inbox },
    note: `You choose what you are written to about, and when: ${settings}`,
  }),
  organization_state: ({ name, organization, what, reason }) => ({ subject: `${organization} ${ORGANIZATION_ACTS[what]?.subject ?? 'was changed'}`, paragraphs: [hello(name), `the people who run this installation have ${ORGANIZATION_ACTS[what]?.text(organization) ?? `changed ${organization}`}`, ...(reason ? [`The reason they gave: “${reason}”`] : [])] }),
  organization_given: ({ name, organization, link, isNew }) => ({ subject: `You are the owner of ${organization}`, paragraphs: [hello(name), `the people who run this installation have made ${organization} for you.${isNew ? ' Set your password to begin. The link works once, for 7 days.' : ''}`], action: { label: isNew ? 'Set your password' : `Open ${organization}`, link } }),
  account_state: ({ name, what, reason, at, timezone }, { home }) => ({
    subject: ACCOUNT_ACTS[what]?.subject ?? 'Your account was changed',
    paragraphs: [hello(name), `the people who run this installation have ${ACCOUNT_ACTS[what]?.text ?? 'changed your account'}, on ${deliveryOf(at, timezone)}.`, ...(reason ? [`The reason they gave: “${reason}”`] : []), 'If you did not expect this, write to them.'],
    action: { label: 'Sign in', link: `${home}/sign-in` },
  }),
  super_admin_asked: ({ name, by, person, email, reason, link }) => ({ subject: `${person} is to run this installation`, paragraphs: [hello(name), `${by} asks that ${person} (${email}) becomes a super-admin. The reason: “${reason}”`, 'It needs your approval, or that of another super-admin, within 24 hours.'], action: { label: 'Look at it', link } }),
  account_deleted: ({ name }) => ({ subject: 'Your account was deleted', paragraphs: [hello(name), 'your account was deleted as you asked. Your name and address are gone from it.'] }),
}

export type Rendered = { subject: string; text: string; html: string }

/** A mail in both forms. User text is escaped in HTML and loses line breaks in the subject, so that it adds no header. */
export function renderMail<K extends MailKind>(kind: K, data: MailData[K], base: Base): Rendered {
  const { subject, paragraphs, action, note } = letters[kind](data, base)
  const footer = `Sent by Bulkhead at ${base.home}`
  const text = [...paragraphs, ...(action ? [`${action.label}: ${action.link}`] : []), ...(note ? [note] : []), `--\n${footer}`].join('\n\n')
  const html = `<!doctype html><html lang="en"><body style="margin:0;padding:24px;background:#f4f4f3;font-family:system-ui,sans-serif;color:#1c1c1e;line-height:1.5">
<div style="max-width:480px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #e3e3e1;border-radius:8px">
${paragraphs.map((paragraph) => `<p style="margin:0 0 16px">${escape(paragraph)}</p>`).join('\n')}
${action ? `<p style="margin:24px 0"><a href="${escape(action.link)}" style="display:inline-block;padding:10px 16px;background:#1d4ed8;color:#ffffff;text-decoration:none;border-radius:6px">${escape(action.label)}</a></p>` : ''}
${note ? `<p style="margin:0;color:#5c5c60;font-size:14px">${escape(note)}</p>` : ''}
</div><p style="max-width:480px;margin:16px auto 0;color:#5c5c60;font-size:12px">${escape(footer)}</p></body></html>`
  return { subject: subject.replace(/[\r\n]+/g, ' '), text, html }
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
