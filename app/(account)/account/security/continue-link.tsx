import { AppLink } from '@/components/ui/app-link'
import { FormMessage } from '@/components/ui/form-message'

export function ContinueLink({ href }: { href: string }) {
  return <FormMessage tone="success">Your second factor is set up. <AppLink href={href} className="link">Go on to where you were</AppLink></FormMessage>
}
