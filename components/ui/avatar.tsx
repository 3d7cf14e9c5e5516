import { classNames } from './class-names'

const COLOURS = ['#7a3e9d', '#a8323e', '#8f4a00', '#5d6400', '#1f6b3b', '#0b6a6a', '#1d5f9e', '#4650b8', '#9a2f72', '#5b5f66']
const SIZES = { xs: 'size-5 text-[0.5625rem]', sm: 'size-6 text-[0.625rem]', md: 'size-8 text-xs', lg: 'size-16 text-xl' }

/** `hash` is that of the person's picture; without one their initials are shown. */
type AvatarProps = { id: string; name: string; hash?: string | null; size?: keyof typeof SIZES; labelled?: boolean; className?: string }

/** The same person has the same colour everywhere. The name is announced only with `labelled`: usually it stands beside it. */
export function Avatar({ id, name, hash, size = 'sm', labelled, className }: AvatarProps) {
  if (hash) return <img src={`/api/v1/avatars/${id}?v=${hash}`} alt={labelled ? name : ''} title={labelled ? name : undefined} className={classNames('inline-block shrink-0 rounded-full object-cover', SIZES[size], className)} />
  return (
    <span
      {...(labelled ? { role: 'img', 'aria-label': name, title: name } : { 'aria-hidden': true })}
      style={{ backgroundColor: colourOf(id) }}
      className={classNames('inline-grid shrink-0 place-items-center rounded-full font-semibold text-white select-none', SIZES[size], className)}
    >
      {initialsOf(name)}
    </span>
  )
}

function colourOf(id: string) {
  let hash = 0
  for (const character of id) hash = (hash * 31 + character.codePointAt(0)!) >>> 0
  return COLOURS[hash % COLOURS.length]
}

function initialsOf(name: string) {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words
  return letters.map((word) => [...word!][0]!.toUpperCase()).join('') || '?'
}
