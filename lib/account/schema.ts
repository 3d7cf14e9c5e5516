import { z } from 'zod'
import { email } from '@/lib/access/schema'
import { line } from '@/lib/text'

/** How dates are written: as in Britain, as in the United States, or year first. */
export const LOCALES = ['en-GB', 'en-US', 'iso'] as const
export const timezone = z.string().refine(isTimezone, 'Choose a time zone of the list.')

/** A password as typed: nothing is trimmed or dropped. The rules come later, with the person's name at hand. */
export const password = z.string().min(1, 'A password is needed.').max(400, 'Use 200 characters at most.').refine((text) => text.isWellFormed() && !text.includes('\0'), 'This password has characters that cannot be typed.')
export const code = z.string().trim().min(6, 'A code has six digits, a recovery code ten characters.').max(20, 'This code is too long.')

export const profileSchema = z.strictObject({ name: line('A name', 120), timezone: timezone.or(z.literal('')), locale: z.enum(LOCALES, 'Choose one of the list.') })
export const changePasswordSchema = z.strictObject({ currentPassword: z.string().max(400).default(''), password })
export const emailSchema = z.strictObject({ email })
export const proofSchema = z.strictObject({ password: z.string().max(400).optional(), code: z.string().max(20).optional(), passkey: z.string().max(20_000).optional() })
export const signUpSchema = z.strictObject({
  name: line('Your name', 120), email, password, organization: line('A name', 120),
  kind: z.enum(['company', 'team', 'household', 'personal'], 'Choose one of the list.').default('company'), timezone: timezone.or(z.literal('')).default(''),
})
export type SignUp = z.infer<typeof signUpSchema>
export const avatarSchema = z.strictObject({ image: z.string().max(400_000, 'Choose a picture of at most 256 kB.').regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/, 'Choose a PNG, JPEG or WebP picture.') })

export function isTimezone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
