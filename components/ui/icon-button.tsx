'use client'

import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button'
import { Tooltip } from './tooltip'

export type IconButtonProps = Omit<ButtonProps, 'icon' | 'children' | 'aria-label'> & { label: string; icon: ReactNode }

export function IconButton({ label, icon, variant = 'ghost', size = 'md', className = '', ...props }: IconButtonProps) {
  const square = size === 'sm' ? 'w-7 px-0 pointer-coarse:min-w-11' : 'w-9 px-0 pointer-coarse:min-w-11'
  return (
    <Tooltip content={label}>
      <Button {...props} variant={variant} size={size} icon={icon} aria-label={label} className={`${square} ${className}`} />
    </Tooltip>
  )
}
