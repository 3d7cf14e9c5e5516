'use client'

import { Printer } from 'lucide-react'
import { Button } from './button'
import type { ButtonLook } from './button-class'

export function PrintButton({ variant = 'primary' }: Pick<ButtonLook, 'variant'>) {
  return <Button variant={variant} icon={<Printer />} className="print:hidden" onClick={() => window.print()}>Print</Button>
}
