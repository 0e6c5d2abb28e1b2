import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { AttachmentType } from '../attachment.ts'

/** What a file is, that is not taken, so that it can be said what to do. */
export type RefusedKind =
  | 'empty'
  | 'svg'
  | 'page'
  | 'office'
  | 'archive'
  | 'capture'
  | 'program'
  | 'picture'
  | 'unknown'

/** What a file is by its first bytes; of text, whether its name says that it is a table. */
export function kindOf(bytes: Buffer, name: string): Outcome<AttachmentType, RefusedKind> {
  if (bytes.length === 0) return refuse('empty')
  const known = signatures.find(({ starts, at = 0 }) => bytes.subarray(at, at + starts.length).equals(starts))
  if (known) return known.kind
  if (isWebp(bytes)) return done('webp')
  return kindOfText(bytes, name)
}

interface Signature {
  starts: Buffer
  at?: number
  kind: Outcome<AttachmentType, RefusedKind>
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex')

const signatures: readonly Signature[] = [
  { starts: hex('89504e470d0a1a0a'), kind: done('png') },
  { starts: hex('ffd8ff'), kind: done('jpeg') },
  { starts: Buffer.from('%PDF-'), kind: done('pdf') },
  // What Office writes since 2007 is an archive, too; it is told by the names in it.
  { starts: Buffer.from('[Content_Types].xml'), at: 30, kind: refuse('office') },
  { starts: hex('d0cf11e0a1b11ae1'), kind: refuse('office') },
  { starts: hex('504b0304'), kind: refuse('archive') },
  { starts: hex('504b0506'), kind: refuse('archive') },
  { starts: hex('1f8b'), kind: refuse('archive') },
  { starts: hex('377abcaf271c'), kind: refuse('archive') },
  { starts: Buffer.from('Rar!'), kind: refuse('archive') },
  { starts: hex('fd377a585a00'), kind: refuse('archive') },
  { starts: hex('28b52ffd'), kind: refuse('archive') },
  { starts: Buffer.from('BZh'), kind: refuse('archive') },
  { starts: hex('d4c3b2a1'), kind: refuse('capture') },
  { starts: hex('a1b2c3d4'), kind: refuse('capture') },
  { starts: hex('4d3cb2a1'), kind: refuse('capture') },
  { starts: hex('a1b23c4d'), kind: refuse('capture') },
  { starts: hex('0a0d0d0a'), kind: refuse('capture') },
  { starts: Buffer.from('MZ'), kind: refuse('program') },
  { starts: hex('7f454c46'), kind: refuse('program') },
  { starts: hex('cafebabe'), kind: refuse('program') },
  { starts: hex('cffaedfe'), kind: refuse('program') },
  { starts: Buffer.from('#!'), kind: refuse('program') },
  { starts: Buffer.from('GIF8'), kind: refuse('picture') },
  { starts: Buffer.from('BM'), kind: refuse('picture') },
  { starts: hex('49492a00'), kind: refuse('picture') },
  { starts: hex('4d4d002a'), kind: refuse('picture') },
  { starts: Buffer.from('ftyphei'), at: 4, kind: refuse('picture') },
  { starts: Buffer.from('ftypmif1'), at: 4, kind: refuse('picture') },
  { starts: Buffer.from('ftypavif'), at: 4, kind: refuse('picture') },
]

function isWebp(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
}

/** Text is what is text as a whole, in an encoding that people here use; and what browsers would run is not taken as such. */
function kindOfText(bytes: Buffer, name: string): Outcome<AttachmentType, RefusedKind> {
  const text = textIn(bytes)
  if (text === undefined) return refuse('unknown')
  if (/<(?:[\w.-]+:)?svg[\s>/]/i.test(text)) return refuse('svg')
  if (/<(?:!doctype|html|head|body|script|iframe|object|embed|\?xml)[\s>/]/i.test(text)) return refuse('page')
  return done(/\.csv$/i.test(name.trim()) ? 'csv' : 'text')
}

function textIn(bytes: Buffer): string | undefined {
  const marked = bytes.subarray(0, 2).equals(hex('fffe')) || bytes.subarray(0, 2).equals(hex('feff'))
  const encodings = marked ? ['utf-16le', 'utf-16be'] : ['utf-8', 'shift_jis', 'euc-jp', 'iso-2022-jp']
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      // Escape begins the shifts of ISO-2022-JP, and the colours of a terminal's log.
      if (!/[^\P{Cc}\s]/u.test(text.replaceAll('\u001b', ''))) return text
    } catch {
      // Not in this one.
    }
  }
  return undefined
}
