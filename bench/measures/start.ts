import { rm } from 'node:fs/promises'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { type Start, start, type Started } from '../processes.ts'
import { type Figure, spread } from '../report.ts'
import { rounds, spreadOf } from '../rounds.ts'
import { answers, environment, freePort, makeDataDir } from '../world/world.ts'

const asPerson = { command: 'npm', args: ['start', '--silent'] }
/** As a service does: it becomes the program itself, and can be killed. */
const asService = { command: process.execPath, args: ['run.mjs', 'start'] }

/** Row 10: from `npm start` to the first page, with an empty data folder and with the one of a start before; and after a kill -9. */
export async function measureStart(): Promise<Figure[]> {
  const cold: number[] = []
  const second: number[] = []
  const killed: number[] = []
  for (let round = 0; round < rounds; round++) {
    const dataDir = await makeDataDir()
    try {
      cold.push(await startOnce(dataDir, asPerson, stop))
      second.push(await startOnce(dataDir, asPerson, stop))
      await startOnce(dataDir, asService, kill)
      killed.push(await startOnce(dataDir, asService, stop))
    } finally {
      await rm(dataDir, { recursive: true, force: true })
    }
  }
  return [
    { work: 'npm start to the first page, empty data folder', measured: spread(spreadOf(cold), ' s'), aim: '≤ 3 s' },
    { work: 'npm start to the first page, second start', measured: spread(spreadOf(second), ' s'), aim: '≤ 0.8 s' },
    {
      work: 'node run.mjs start to the first page, after kill -9',
      measured: spread(spreadOf(killed), ' s'),
      aim: '≤ 3 s',
    },
  ]
}

/** Answers the seconds that the start took. */
async function startOnce(
  dataDir: string,
  how: Pick<Start, 'command' | 'args'>,
  end: (app: Started) => Promise<unknown>,
): Promise<number> {
  const port = await freePort()
  const begun = performance.now()
  const app = start({ ...how, env: environment({ DATA_DIR: dataDir, PORT: String(port) }) })
  try {
    return ((await answers(app, port, `localhost:${port}`)) - begun) / 1000
  } finally {
    await end(app)
  }
}

const stop = (app: Started): Promise<void> => app.stop()

/** Its PostgreSQL lives on, as after a crash of the program. */
async function kill({ child }: Started): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
