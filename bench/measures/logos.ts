import sharp from 'sharp'
import { type Browser, openForm } from '../browser.ts'
import { pageOf, readerOf } from '../readers.ts'
import { beside, type Figure, short, spread } from '../report.ts'
import { type Round, spreadOf, type Subject, takeTurns } from '../rounds.ts'
import { readers } from '../world/import-content.ts'
import type { World } from '../world/world.ts'

const path = '/company-logo'

/** The service menu while an administrator has one logo after the other drawn: the largest there may be, and one that never ends. */
export async function measureLogos(world: World): Promise<Figure[]> {
  const administrator = await readerOf(world, readers.administrator)
  const reader = await readerOf(world, readers.all)
  const menu = pageOf(world, { name: quiet, path: '/services', reader })
  const large = await largest()
  const longest: number[] = []
  const during = (name: string, file: Buffer): Subject => ({
    ...menu,
    name,
    async run() {
      const drawing = drawAgain({ administrator, file, took: (ms) => longest.push(ms) })
      try {
        return await menu.run()
      } finally {
        await drawing.end()
      }
    },
  })
  const taken = await takeTurns([menu, during(withLarge, large), during(withEndless, endless())])
  const figure = (name: string): Figure => {
    const own = taken.get(name) ?? []
    return {
      work: `p99 of the menu, ${name}`,
      measured: spread(slower(own, taken.get(quiet) ?? []), ' ×'),
      aim: '≤ 2',
      beside: beside(own),
    }
  }
  const ended = { work: 'a logo that never ends', measured: `${short(Math.max(...longest) / 1000)} s`, aim: '≤ 15 s' }
  return [figure(withLarge), figure(withEndless), ended]
}

const quiet = 'alone'
const withLarge = 'while the largest logos are drawn'
const withEndless = 'while one is drawn that never ends'

function slower(own: readonly Round[], others: readonly Round[]): ReturnType<typeof spreadOf> {
  return spreadOf(own.map(({ p99 }, round) => p99 / (others[round]?.p99 ?? NaN)))
}

interface Drawing {
  administrator: Browser
  file: Buffer
  took: (milliseconds: number) => void
}

/** Sends the logo again and again until it is told to end; then the last one is waited for. */
function drawAgain({ administrator, file, took }: Drawing): { end: () => Promise<void> } {
  const ending = new AbortController()
  const work = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const began = performance.now()
      await administrator.sendFile(path, await openForm(administrator, path), file)
      took(performance.now() - began)
    }
  }
  const working = work()
  return {
    async end() {
      ending.abort()
      await working
    },
  }
}

/** As many pixels as are taken, of little that could be packed. */
async function largest(): Promise<Buffer> {
  const noise = {
    create: {
      width: 4096,
      height: 4096,
      channels: 3 as const,
      background: '#fff',
      noise: { type: 'gaussian' as const, mean: 128, sigma: 3 },
    },
  }
  return sharp(noise).webp({ quality: 1 }).toBuffer()
}

/** Filters upon filters. */
function endless(): Buffer {
  const filter = '<feTurbulence numOctaves="200" baseFrequency="0.9"/><feMorphology radius="60"/>'.repeat(400)
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 32"><filter id="f" x="-10" y="-10" width="21" height="21">${filter}</filter><rect width="160" height="32" filter="url(#f)"/></svg>`,
  )
}
