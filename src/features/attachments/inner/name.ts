import type { AttachmentType } from '../attachment.ts'

const endings: Record<AttachmentType, readonly string[]> = {
  png: ['png'],
  jpeg: ['jpg', 'jpeg'],
  webp: ['webp'],
  pdf: ['pdf'],
  text: ['txt', 'log', 'md', 'json', 'cfg', 'conf', 'eml'],
  csv: ['csv'],
}

const longest = 100

/** A name as it is shown and sent: of one line, in one direction, without a way to elsewhere; and ending in what the file is, if that is known. */
export function nameOf(given: string, type?: AttachmentType): string {
  const last = given.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const plain = last
    .toWellFormed()
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}\ufffd]/gu, '')
    .replaceAll(/[:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const name = plain === '' ? 'file' : plain
  if (!type) return cut(name, longest)
  const [usual = type] = endings[type]
  const ending = /\.([^.]{1,10})$/.exec(name)?.[1]?.toLowerCase()
  if (ending && endings[type].includes(ending)) return `${cut(name.slice(0, -ending.length - 1), longest)}.${ending}`
  return `${cut(name, longest)}.${usual}`
}

/** Never in the middle of a letter. */
function cut(text: string, most: number): string {
  return Array.from(text).slice(0, most).join('')
}
