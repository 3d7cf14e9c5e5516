import { Badge } from '@/components/ui/badge'

export const AccountState = ({ status }: { status: string }) => <Badge tone={status === 'active' ? 'success' : 'warning'}>{status.replaceAll('_', ' ')}</Badge>
