import 'server-only'
import { findTarget, type ImportField } from './targets'

/** What the dialog needs to know of a target. */
export type DialogTarget = { key: string; title: string; fields: Pick<ImportField, 'key' | 'label' | 'required' | 'hint' | 'kind' | 'choices'>[] }

export function dialogTarget(key: string): DialogTarget {
  const { title, fields } = findTarget(key)!
  return { key, title, fields: fields.map(({ key: field, label, required, hint, kind, choices }) => ({ key: field, label, required, hint, kind, choices: choices?.map(({ value, label: name }) => ({ value, label: name })) })) }
}
