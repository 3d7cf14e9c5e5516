'use client'

import { useFormStatus } from 'react-dom'
import { Button, type ButtonProps } from './button'

/** Must stand inside the form it submits: it shows that form's pending state. */
export function SubmitButton({ variant = 'primary', pending, children, ...props }: Omit<ButtonProps, 'type'>) {
  const status = useFormStatus()
  return (
    <Button {...props} variant={variant} type="submit" pending={pending || status.pending}>
      {children}
    </Button>
  )
}
