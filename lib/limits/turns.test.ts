import { expect, test } from 'vitest'
import { UnavailableError } from '@/lib/errors'
import { inTurn } from './turns'

const open = () => {
  let finish = () => {}
  const done = new Promise<void>((resolve) => (finish = resolve))
  return { done, finish }
}

test('so many at once, the others in order, and a failure gives its place on', async () => {
  let [working, most] = [0, 0]
  const order: number[] = []
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      inTurn('three', { atOnce: 3 }, async () => {
        most = Math.max(most, ++working)
        order.push(index)
        await new Promise((resolve) => setTimeout(resolve, index % 4))
        working--
        if (index % 5 === 0) throw new Error('failed')
        return index
      }),
    ),
  )
  expect(most).toBe(3)
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(4)
})

test('whoever would wait too long is told at once, and the next one after that is let in', async () => {
  const [first, second] = [open(), open()]
  const rule = { atOnce: 1, waitingMax: 1 }
  const working = inTurn('one', rule, () => first.done)
  const waiting = inTurn('one', rule, () => second.done)
  await expect(inTurn('one', rule, async () => 1)).rejects.toBeInstanceOf(UnavailableError)
  first.finish()
  await working
  second.finish()
  await waiting
  expect(await inTurn('one', rule, async () => 2)).toBe(2)
})
