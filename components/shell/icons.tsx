import {
  Activity, Bell, BookOpen, Bot, Building2, CalendarDays, ChartColumn, CheckCheck, CircleDot, CreditCard, Download, FileText, FolderKanban, Gauge,
  History, House, Inbox, KeyRound, LayoutTemplate, LifeBuoy, Lightbulb, ListTodo, MapPin, NotebookPen, Plug, Plus, Search, Settings, ShieldCheck, Sparkles, Tag,
  Scale, Target, Trash2, User, UserPlus, Users, Wallet,
} from 'lucide-react'

/** By key, so that a server can name an icon without sending a component to the browser. */
const ICONS = {
  access: ShieldCheck, account: User, activity: Activity, agents: Bot, audit: History, billing: CreditCard, calendar: CalendarDays, create: Plus,
  export: Download, field: MapPin, file: FileText, goals: Target, health: Gauge, home: House, ideas: Lightbulb, inbox: Inbox, integrations: Plug,
  intelligence: Sparkles, invite: UserPlus, keys: KeyRound, knowledge: BookOpen, labels: Tag, members: Users, money: Wallet, next: CheckCheck,
  notebook: NotebookPen, notifications: Bell, organizations: Building2, projects: FolderKanban, reports: ChartColumn, search: Search,
  settings: Settings, support: LifeBuoy, tasks: ListTodo, teams: Users, templates: LayoutTemplate, trash: Trash2, workload: Scale,
}

export type IconName = keyof typeof ICONS

export function Icon({ name, className = 'size-4 shrink-0' }: { name?: string; className?: string }) {
  const Glyph = name && Object.hasOwn(ICONS, name) ? ICONS[name as IconName] : CircleDot
  return <Glyph aria-hidden className={className} />
}
