const live = process.stdout.isTTY

/** Runs one step and prints one line with its time; `work` may return a word on what it did. A failure is not printed here. */
export async function step<T extends string | void>(title: string, work: () => Promise<T> | T): Promise<void> {
  const startedAt = Date.now()
  if (live) process.stdout.write(`          ${title} …`)
  try {
    const detail = await work()
    line(`${seconds(startedAt)}  ${title}${detail ? `: ${detail}` : ''}`)
  } catch (error) {
    line(`${seconds(startedAt)}  ${title}: failed`)
    throw error
  }
}

export const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`.padStart(8)

const line = (text: string) => console.log(live ? `\r\x1b[K${text}` : text)
