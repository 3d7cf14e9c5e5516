export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger' | 'info'

export const SOFT_TONES: Record<Tone, string> = {
  neutral: 'bg-surface-hover text-text',
  accent: 'bg-accent-soft text-accent',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
  info: 'bg-info-soft text-info',
}
