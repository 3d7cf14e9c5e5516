/**
 * Does the same with every one of them, one after another: what fails with one keeps none of the others waiting.
 * @throws AggregateError at the end, with all that failed
 */
export async function eachOfAll<T>(all: Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  const problems: unknown[] = []
  for (const one of all) await work(one).catch((problem: unknown) => problems.push(problem))
  if (problems.length > 0) throw new AggregateError(problems, problems.map((problem) => (problem as Error).message).join('; '))
}
