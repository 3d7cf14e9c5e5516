import type { ServerResponse } from 'node:http'

type Turn = { response: ServerResponse; begin: () => void; refuse: () => void }

/**
 * Works on so many requests at once; others wait in the order they came. Who would wait longer than `patienceMs` is refused then,
 * instead of late and half done. A request is worked on until its answer begins: a slow reader keeps nobody out.
 */
export function workQueue(atOnce: number, patienceMs: number): (turn: Turn) => void {
  let atWork = 0
  const waiting = new Set<() => void>()

  function start({ response, begin }: Turn) {
    atWork++
    let isOver = false
    const over = () => {
      if (isOver) return
      isOver = true
      atWork--
      waiting.values().next().value?.()
    }
    const writeHead = response.writeHead.bind(response) as (...all: unknown[]) => ServerResponse
    response.writeHead = (...all: unknown[]) => {
      over()
      return writeHead(...all)
    }
    response.once('close', over)
    begin()
  }

  return (turn) => {
    if (atWork < atOnce) return start(turn)
    const leave = () => {
      clearTimeout(timer)
      waiting.delete(go)
      turn.response.off('close', leave)
    }
    const go = () => {
      leave()
      start(turn)
    }
    const timer = setTimeout(() => {
      leave()
      turn.refuse()
    }, patienceMs)
    turn.response.once('close', leave)
    waiting.add(go)
  }
}
