import { Building2, Lock, Users } from 'lucide-react'
import { Badge } from '@/components/ui/badge'

const KINDS = { private: { icon: Lock, label: 'Private' }, team: { icon: Users, label: 'Team' }, organization: { icon: Building2, label: 'Organization' } }

export function VisibilityBadge({ visibility, teamName }: { visibility: string; teamName?: string | null }) {
  const { icon: Icon, label } = KINDS[visibility as keyof typeof KINDS]
  return <Badge icon={<Icon aria-hidden className="size-3" />}>{teamName ?? label}</Badge>
}
