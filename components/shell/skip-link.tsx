import { buttonClass } from '@/components/ui/button-class'

export function SkipLink() {
  return (
    <a href="#main" className={buttonClass({ variant: 'primary' }, 'fixed start-3 top-3 z-60 not-focus:sr-only')}>
      Skip to content
    </a>
  )
}
