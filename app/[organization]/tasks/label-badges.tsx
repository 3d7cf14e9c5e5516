import { Badge } from '@/components/ui/badge'

export function LabelBadges({ labels }: { labels: { id: string; name: string; colour: string; isPersonal: boolean }[] }) {
  if (labels.length === 0) return null
  return (
    <ul className="flex flex-wrap gap-1" aria-label="Labels">
      {labels.map(({ id, name, colour, isPersonal }) => (
        <li key={id}>
          <Badge dot={colour}>{isPersonal ? `${name} (mine)` : name}</Badge>
        </li>
      ))}
    </ul>
  )
}
