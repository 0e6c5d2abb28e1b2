import { setPriority } from 'node:os'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { findSvgProblem, isSvg } from './svg.ts'

// node drawing.ts < image > PNG, for draw.ts: a process of its own, which can be ended whatever a file makes of the library that
// reads it, and which knows no secret. Node runs it as it is. It ends with 3 and a code where the image is refused.

/** Twice the size at which it is shown, and a little more for paper. */
const most = { width: 640, height: 128 }
/** What an interlaced image of so many takes at once: 64 MB. */
const mostPixels = 4096 * 4096
/** The same for what is drawn from an SVG, in dots per inch of its own size. */
const densities = { least: 1, usual: 72, most: 2400 }

/** Whoever has started it ends it before, in milliseconds; this is for when nobody is left to. */
const longest = 15_000

const kinds = ['png', 'jpeg', 'webp', 'svg']

class Refused extends Error {}

setTimeout(() => process.kill(process.pid, 'SIGKILL'), longest).unref()
// Pages have the machine first.
setPriority(19)
sharp.cache(false)
sharp.concurrency(1)
// Of all that the library reads these four alone, whatever a file says it is.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Png', 'Jpeg', 'Webp', 'Svg'].map((kind) => `VipsForeignLoad${kind}Buffer`),
})

try {
  process.stdout.write(await draw(await buffer(process.stdin)))
} catch (error) {
  process.exitCode = 3
  process.stdout.write(codeOf(error))
}

async function draw(given: Buffer): Promise<Buffer> {
  const problem = isSvg(given) ? findSvgProblem(given) : undefined
  if (problem) throw new Refused(problem)
  const options = { failOn: 'warning', limitInputPixels: mostPixels, sequentialRead: true } as const
  const { format, pages = 1, width, height } = await sharp(given, options).metadata()
  if (!kinds.includes(format)) throw new Refused('not-an-image')
  if (pages > 1) throw new Refused('animated')
  const density = format === 'svg' ? { density: densityFor(width, height) } : {}
  const image = sharp(given, { ...options, ...density })
    .autoOrient()
    .resize({ ...most, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
  const png = await image.png({ compressionLevel: 9 }).toBuffer()
  const { channels } = await sharp(png).stats()
  if (channels[3]?.max === 0) throw new Refused('empty')
  return png
}

/** At which an SVG of this size at the usual one fills what is drawn. */
function densityFor(width: number, height: number): number {
  const wanted = Math.floor(densities.usual * Math.min(most.width / width, most.height / height))
  return Math.min(Math.max(wanted, densities.least), densities.most)
}

function codeOf(error: unknown): string {
  if (error instanceof Refused) return error.message
  const said = error instanceof Error ? error.message : ''
  if (/pixel limit|too large|dimensions/i.test(said)) return 'too-many-pixels'
  return /unsupported image format|operation is blocked/i.test(said) ? 'not-an-image' : 'broken'
}
