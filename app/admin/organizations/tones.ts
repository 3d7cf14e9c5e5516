import type { Tone } from '@/components/ui/tone'
import type { OrganizationState } from '@/lib/console/schema'

export const STATE_TONES: Record<OrganizationState, Tone> = { trial: 'info', active: 'success', suspended: 'warning', cancelled: 'danger', deleted: 'danger' }
