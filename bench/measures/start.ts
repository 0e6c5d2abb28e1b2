import { rm } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { start } from '../processes.ts'
import { type Figure, spread } from '../report.ts'
import { spreadOf } from '../rounds.ts'
import { answers, environment, freePort, makeDataDir } from '../world/world.ts'

/** Row 10: from `npm start` to the first page, with an empty data folder and with the one of a start before. */
export async function measureStart(): Promise<Figure[]> {
  const cold: number[] = []
  const second: number[] = []
  for (let round = 0; round < 5; round++) {
    const dataDir = await makeDataDir()
    try {
      cold.push(await startOnce(dataDir))
      second.push(await startOnce(dataDir))
    } finally {
      await rm(dataDir, { recursive: true, force: true })
    }
  }
  return [
    { work: 'npm start to the first page, empty data folder', measured: spread(spreadOf(cold), ' s'), aim: '≤ 3 s' },
    { work: 'npm start to the first page, second start', measured: spread(spreadOf(second), ' s'), aim: '≤ 3 s' },
  ]
}

async function startOnce(dataDir: string): Promise<number> {
  const port = await freePort()
  const begun = performance.now()
  const app = start({
    command: 'npm',
    args: ['start', '--silent'],
    env: environment({ DATA_DIR: dataDir, PORT: String(port) }),
  })
  try {
    return ((await answers(app, port, `localhost:${port}`)) - begun) / 1000
  } finally {
    await app.stop()
  }
}
