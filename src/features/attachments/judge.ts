import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { fairLine } from '#platform/security/fair-line.ts'
import { runApart } from '#platform/security/run-apart.ts'
import { seconds } from '#platform/time/duration.ts'
import type { UploadedFile } from '#platform/values.ts'
import { type AttachmentType, type JudgedFile, mostBytesOfFile, mostFilesOfMessage } from './attachment.ts'
import { kindOf, type RefusedKind } from './inner/kind.ts'
import { nameOf } from './inner/name.ts'

export type FileProblem =
  | 'too-large'
  | 'empty'
  | RefusedKind
  | 'broken'
  | 'too-many-pixels'
  | 'animated'
  | 'took-too-long'

/** Which of the files, by the name it was sent with, and why. */
export interface RefusedFile {
  name: string
  problem: FileProblem
  /** Bytes. */
  size: number
}

export type JudgedFiles = Outcome<JudgedFile[], 'too-many'> | { ok: false; problem: 'refused'; file: RefusedFile }

/**
 * What files are, by their content alone. Pictures are drawn anew in a process of its own; nothing else is read further than needed
 * to say what it is. Throws TooBusy when too many wait.
 */
export async function judgeFiles(files: readonly UploadedFile[], customerId: string): Promise<JudgedFiles> {
  if (files.length > mostFilesOfMessage) return refuse('too-many')
  const judged: JudgedFile[] = []
  for (const file of files) {
    const one = await judge(file, customerId)
    if (!one.ok) {
      const { name, bytes } = file
      return { ok: false, problem: 'refused', file: { name: nameOf(name), problem: one.problem, size: bytes.length } }
    }
    judged.push(one.value)
  }
  return done(judged)
}

async function judge({ name, bytes }: UploadedFile, customerId: string): Promise<Outcome<JudgedFile, FileProblem>> {
  if (bytes.length > mostBytesOfFile) return refuse('too-large')
  const kind = kindOf(bytes, name)
  if (!kind.ok) return kind
  const type = kind.value
  if (type === 'pdf' || type === 'text' || type === 'csv')
    return done(judgedOf({ name, type, bytes }, { width: null, height: null }))
  const drawn = await inLine(customerId, () => drawApart(bytes))
  if (!drawn.ok) return drawn
  return done(judgedOf({ name, type, bytes: drawn.value }, sizeOf(type, drawn.value)))
}

const drawing = fileURLToPath(new URL('inner/drawing.ts', import.meta.url))
/** One at a time, so that pages have the machine; further ones wait, a customer's in turn with those of others. */
const inLine = fairLine(1, 40)

async function drawApart(bytes: Buffer): Promise<Outcome<Buffer, FileProblem>> {
  const { code, answer } = await runApart(drawing, bytes, { longest: 20 * seconds, heapMegabytes: 128 })
  if (code === 0 && answer.length > mostBytesOfFile) return refuse('too-large')
  if (code === 0) return done(answer)
  if (code === null) return refuse('took-too-long')
  const told = (['too-many-pixels', 'animated'] as const).find((problem) => problem === answer.toString())
  return refuse(told ?? 'broken')
}

function judgedOf(
  { name, type, bytes }: { name: string; type: AttachmentType; bytes: Buffer },
  size: { width: number | null; height: number | null },
): JudgedFile {
  return { name: nameOf(name, type), type, bytes, sha256: createHash('sha256').update(bytes).digest(), ...size }
}

/** As the picture that we have drawn says it. */
function sizeOf(type: AttachmentType, bytes: Buffer): { width: number; height: number } {
  // A PNG tells its size in its first chunk (W3C PNG, 11.2.1).
  if (type === 'png') return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  return type === 'webp' ? sizeOfWebp(bytes) : sizeOfJpeg(bytes)
}

/** In the first chunk, whose kind says how (RFC 9649, 2.5 to 2.7). */
function sizeOfWebp(bytes: Buffer): { width: number; height: number } {
  const chunk = bytes.toString('latin1', 12, 16)
  if (chunk === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  if (chunk === 'VP8L') {
    const bits = bytes.readUInt32LE(21)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
}

/** In the segment that begins the frame (ITU-T T.81, B.2.2). */
function sizeOfJpeg(bytes: Buffer): { width: number; height: number } {
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
  }
  throw new Error('A JPEG that we have drawn has a frame')
}
