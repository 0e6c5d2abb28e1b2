import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { fairLine } from '#platform/security/fair-line.ts'
import { runApart } from '#platform/security/run-apart.ts'
import { seconds } from '#platform/time/duration.ts'

/** Of a file: 1 MB. */
export const largestLogo: number = 1024 * 1024

/** Drawn by us: a PNG of at most 640 × 128. */
export interface DrawnLogo {
  image: Buffer
  /** The first 32 digits of the image's SHA-256. */
  hash: string
  width: number
  height: number
}

const problems = [
  'too-large',
  'not-an-image',
  'broken',
  'too-many-pixels',
  'animated',
  'empty',
  'svg-refers',
  'svg-has-text',
  'took-too-long',
] as const
export type LogoProblem = (typeof problems)[number]

const drawing = fileURLToPath(new URL('inner/drawing.ts', import.meta.url))
const longest = 10 * seconds
/** One at a time, so that pages have the machine; further ones wait, a customer's in turn with those of others. */
const inLine = fairLine(1, 20)

/**
 * Draws a logo anew from a file that may be anything, in a process of its own: what a file makes of the library that reads it ends
 * with that process. Throws TooBusy when too many wait.
 */
export function drawLogo(file: Buffer, customerId: string): Promise<Outcome<DrawnLogo, LogoProblem>> {
  if (file.length > largestLogo) return Promise.resolve(refuse('too-large'))
  return inLine(customerId, () => drawApart(file))
}

async function drawApart(file: Buffer): Promise<Outcome<DrawnLogo, LogoProblem>> {
  const { code, answer } = await runApart(drawing, file, { longest, heapMegabytes: 64 })
  if (code === 0) return done(logoOf(answer))
  const told = problems.find((problem) => problem === answer.toString())
  return refuse(told ?? (code === null ? 'took-too-long' : 'broken'))
}

/** A PNG tells its size in its first chunk (W3C PNG, 11.2.1). */
function logoOf(image: Buffer): DrawnLogo {
  const hash = createHash('sha256').update(image).digest('hex').slice(0, 32)
  return { image, hash, width: image.readUInt32BE(16), height: image.readUInt32BE(20) }
}
