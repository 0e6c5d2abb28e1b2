import { setPriority } from 'node:os'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'

// node drawing.ts < picture > picture of the same kind, for judge.ts: a process of its own, which can be ended whatever a file makes of
// the library that reads it, and which knows no secret. It ends with 3 and a code where the picture is refused.

/** 40 megapixels: more than telephones take. */
const mostPixels = 40_000_000
/** What is shown needs no more on either side. */
const mostOfSide = 4096

/** Whoever has started it ends it before, in milliseconds; this is for when nobody is left to. */
const longest = 25_000

class Refused extends Error {}

setTimeout(() => process.kill(process.pid, 'SIGKILL'), longest).unref()
// Pages have the machine first.
setPriority(19)
sharp.cache(false)
sharp.concurrency(1)
// Of all that the library reads these three alone, whatever a file says it is.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['Png', 'Jpeg', 'Webp'].map((kind) => `VipsForeignLoad${kind}Buffer`) })

try {
  process.stdout.write(await draw(await buffer(process.stdin)))
} catch (error) {
  process.exitCode = 3
  process.stdout.write(codeOf(error))
}

/** Upright, and without what a camera has noted: the place, the device, a small picture of what was cut away. */
async function draw(given: Buffer): Promise<Buffer> {
  const options = { failOn: 'warning', limitInputPixels: mostPixels } as const
  const { format, pages = 1 } = await sharp(given, options).metadata()
  if (pages > 1) throw new Refused('animated')
  const image = sharp(given, options)
    .autoOrient()
    .resize({ width: mostOfSide, height: mostOfSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
  if (format === 'jpeg') return image.jpeg({ quality: 88, mozjpeg: false }).toBuffer()
  return format === 'webp' ? image.webp({ quality: 88 }).toBuffer() : image.png({ compressionLevel: 8 }).toBuffer()
}

function codeOf(error: unknown): string {
  if (error instanceof Refused) return error.message
  const said = error instanceof Error ? error.message : ''
  return /pixel limit|too large|dimensions/i.test(said) ? 'too-many-pixels' : 'broken'
}
