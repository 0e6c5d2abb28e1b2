import { performance } from 'node:perf_hooks'
import { type Ask, ask } from './drive.ts'

// A process that asks for too much, at a steady pace, whether answers come or not: told by a message, it tells by one when it begins, and by another what came of it.

export interface FloodOrder {
  /** In turn. */
  asks: readonly Ask[]
  perSecond: number
  seconds: number
}

export interface Flooded {
  answered: number
  /** Milliseconds until each refusal. */
  refusals: number[]
}

process.once('message', (order: FloodOrder) => {
  process.send?.('begun')
  void flood(order).then((flooded) => process.send?.(flooded, () => process.exit(0)))
})

async function flood({ asks, perSecond, seconds }: FloodOrder): Promise<Flooded> {
  const begun = performance.now()
  const refusals: number[] = []
  let answered = 0
  const one = async (turn: number): Promise<void> => {
    const start = performance.now()
    const next = asks[turn % asks.length]
    if (!next) throw new Error('Nothing to ask for')
    // A connection that is cut is no answer.
    const { status } = await ask(next).catch(() => ({ status: undefined }))
    if (status === undefined) return
    if (status === 503) refusals.push(performance.now() - start)
    else if (status === 200) answered++
    else throw new Error(`${next.path}: ${status}`)
  }
  const under: Promise<void>[] = []
  while (performance.now() - begun < seconds * 1000) {
    const due = Math.floor(((performance.now() - begun) / 1000) * perSecond)
    while (under.length < due) under.push(one(under.length))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await Promise.all(under)
  return { answered, refusals }
}
