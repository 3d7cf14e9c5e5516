import { classNames } from './class-names'

/** `keys` is written as in useShortcut: `mod+k`, `g t`. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <kbd className={classNames('inline-flex items-center gap-1 font-sans', className)}>
      {keys.split(' ').map((chord, index) => (
        <span key={index} className="inline-grid h-5 min-w-5 place-items-center rounded-sm border border-border bg-surface-sunken px-1 text-[0.6875rem] leading-none font-medium text-text-muted">
          {chord.split('+').map(keyName).join(' ')}
        </span>
      ))}
    </kbd>
  )
}

function keyName(key: string) {
  if (key === 'mod') return 'Ctrl'
  return key.length === 1 ? key.toUpperCase() : key[0]!.toUpperCase() + key.slice(1)
}
