/** Said before the limit of the plan is reached, where the next one would be made. */
export function LimitNote({ remaining, what }: { remaining: number; what: string }) {
  return (
    <p className="rounded-md bg-warning-soft px-3 py-2 text-[0.8125rem] text-warning">
      {remaining === 0 ? `The plan has room for no further ${what}. An owner can change it under Settings, Plan and usage.` : `The plan has room for ${remaining} more ${what}${remaining === 1 ? '' : 's'}.`}
    </p>
  )
}
