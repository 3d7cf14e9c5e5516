'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'

/** For navigation that is not a click on a link; pair `pending` with NavProgressBar. */
export function useNavigate() {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  return { pending, navigate: (href: string) => startTransition(() => router.push(href)) }
}
