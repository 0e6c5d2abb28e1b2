import { type Fact, jsonRow, value } from '#platform/database/json-row.ts'

/** By its content, whatever it is called. */
export type AttachmentType = 'png' | 'jpeg' | 'webp' | 'pdf' | 'text' | 'csv'

/** A file that was judged, and may be kept. */
export interface JudgedFile {
  /** Without marks that turn its direction, and ending in what it is. */
  name: string
  type: AttachmentType
  bytes: Buffer
  sha256: Buffer
  /** Of a picture, which is one that we have drawn. */
  width: number | null
  height: number | null
}

export interface Attachment {
  id: string
  name: string
  type: AttachmentType
  /** Bytes. */
  size: number
  width: number | null
  height: number | null
  /** `unchecked`: nothing looked for malware in it. */
  state: 'waiting' | 'clean' | 'unchecked' | 'refused' | 'removed'
}

/** What a file belongs to. */
export interface AttachedTo {
  about: 'ticket' | 'order' | 'request'
  id: string
}

/** 10 MB. */
export const mostBytesOfFile = 10_485_760
export const mostFilesOfMessage = 5
/** Of all that belongs to one ticket, and to one customer. */
export const mostBytes: { thing: number; customer: number } = { thing: 200 * 1024 ** 2, customer: 2 * 1024 ** 3 }
/** Of a part, in bytes: a file is never in memory as a whole when it is sent. */
export const bytesOfPart: number = 256 * 1024

/** Of a row `a` of `attachment`. */
export const attachmentRow: Fact<Attachment> = jsonRow({
  id: value('a.id'),
  name: value('a.name'),
  type: value('a.type'),
  size: value('a.size'),
  width: value('a.width'),
  height: value('a.height'),
  state: value('a.state'),
})

/** It is shown in the page. */
export function isPicture({ type }: Pick<Attachment, 'type'>): boolean {
  return type === 'png' || type === 'jpeg' || type === 'webp'
}
