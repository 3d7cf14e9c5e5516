export const RELATIONS = ['about', 'caused_by', 'converted_to', 'duplicate_of', 'follows'] as const
export type Relation = (typeof RELATIONS)[number]

/** How a link reads on the task that it leads from, and on the one that it leads to. */
export const RELATION_WORDS: Record<Relation, readonly [from: string, to: string]> = {
  about: ['About', 'Subject of'],
  caused_by: ['Caused by', 'Cause of'],
  converted_to: ['Converted to', 'Converted from'],
  duplicate_of: ['Duplicate of', 'Duplicated by'],
  follows: ['Follows', 'Followed by'],
}
