import { once } from 'node:events'
import { drive } from '../drive.ts'
import { memoryOf } from '../processes.ts'
import { type Figure, short } from '../report.ts'
import { readers } from '../world/import-content.ts'
import type { World } from '../world/world.ts'
import { expectOk, readerOf } from './menu.ts'

/** Row 10: the portal's process after some thousand pages for many at once. */
export async function measureMemory(world: World): Promise<Figure[]> {
  const { app, port } = world
  const headers = [await readerOf(world, readers.all), await readerOf(world, readers.rules)].map((reader) =>
    reader.headers(),
  )
  await drive({ clients: 16, times: 6000, atMost: 20_000 }, async (turn) => {
    await expectOk({ port, path: '/services', headers: headers[turn % headers.length] ?? {} })
  })
  const loaded = memoryOf(app.pid)
  app.child.send('tell')
  const [told] = (await once(app.child, 'message')) as [NodeJS.MemoryUsage]
  return [
    {
      work: 'live heap after load and a collection',
      measured: `${short(told.heapUsed / 2 ** 20)} MB`,
      aim: '≤ 50 MB',
    },
    {
      work: 'resident memory of the process under load',
      measured: `${short(loaded.now)} MB`,
      aim: '≤ 300 MB',
      beside: `at most ${short(loaded.most)} MB`,
    },
  ]
}
