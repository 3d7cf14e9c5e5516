import { tokenize } from '@/lib/search/tokens'

/** Labels that many projects use, with words that call for them: compared as the search compares them, so `invoices` is `invoice`. */
export const COMMON_LABELS: Record<string, string> = {
  accessibility: 'accessibility accessible contrast keyboard screenreader wcag',
  accounting: 'accounting bookkeeping ledger reconcile tax vat',
  analytics: 'analytics dashboard funnel metric tracking',
  api: 'api endpoint graphql rest webhook',
  audit: 'audit auditor compliance',
  authentication: 'login logout password passkey sso signin',
  backend: 'backend queue server worker',
  backup: 'backup recovery restore snapshot',
  billing: 'billing invoice payment refund subscription',
  bug: 'broken bug crash crashes defect error fail fault wrong',
  build: 'build bundler compile dependency',
  cleaning: 'clean dust polish sweep wash',
  communication: 'announce announcement newsletter press',
  content: 'article blog copywriting headline',
  contract: 'agreement contract lease signature',
  customer: 'client complaint customer feedback',
  data: 'csv data dataset export import',
  database: 'database index postgres query schema sql',
  delivery: 'courier deliver delivery parcel ship shipment',
  deployment: 'deploy deployment release rollback rollout',
  design: 'colour design layout logo mockup sketch wireframe',
  documentation: 'docs document documentation guide handbook manual readme',
  email: 'email inbox mail mailing',
  event: 'booth conference event fair party workshop',
  feature: 'add feature implement introduce',
  finance: 'bank budget cost expense finance forecast',
  frontend: 'browser button css frontend page react',
  hiring: 'applicant candidate hire interview recruit vacancy',
  infrastructure: 'cluster container docker hosting infrastructure kubernetes',
  inventory: 'inventory stock stocktake warehouse',
  legal: 'gdpr law lawyer legal liability terms',
  logistics: 'logistics route transport truck van',
  maintenance: 'inspect maintain maintenance repair replace service spare',
  marketing: 'ad advert advertising brand campaign marketing promotion seo',
  meeting: 'agenda meet meeting minutes',
  migration: 'convert legacy migrate migration upgrade',
  mobile: 'android app ios mobile phone tablet',
  monitoring: 'alert logging monitor monitoring uptime',
  performance: 'fast latency performance slow speed timeout',
  photo: 'camera photo photograph picture shoot',
  planning: 'milestone plan planning roadmap schedule',
  printing: 'flyer leaflet poster print printer',
  procurement: 'buy order procurement purchase quote supplier',
  refactoring: 'cleanup refactor rename simplify',
  research: 'compare experiment interview investigate research study survey',
  safety: 'accident fire hazard ladder protective safety',
  sales: 'deal lead offer pitch prospect sale sell',
  security: 'attack encrypt leak security vulnerability xss',
  support: 'helpdesk support ticket',
  testing: 'qa regression test testing',
  training: 'course onboarding teach train training tutorial',
  translation: 'language locale translate translation',
  travel: 'flight hotel travel trip',
  website: 'domain homepage landing site web website',
}

const BY_WORD = new Map<string, string[]>()
for (const [label, words] of Object.entries(COMMON_LABELS)) for (const word of new Set(tokenize(words))) BY_WORD.set(word, [...(BY_WORD.get(word) ?? []), label])

/** Labels that words of a title or description call for, those of the title first. `taken`: names, lower-case, that are chosen already. */
export function suggestLabels({ title, description }: { title: string; description: string }, taken: string[] = [], most = 4): string[] {
  const called = [...tokenize(title), ...tokenize(description)].flatMap((word) => BY_WORD.get(word) ?? [])
  return [...new Set(called)].filter((label) => !taken.includes(label)).slice(0, most)
}
