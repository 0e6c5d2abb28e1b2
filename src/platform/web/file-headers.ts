import { attachmentNamed } from './file-name.ts'
import type { PictureFile } from './page.ts'

export interface FileToSend {
  name: string
  type: string
  body: ReadableStream<Uint8Array>
  /** As it was brought, and not of our making. */
  isStored?: true
}

/** What is not of our making may do nothing, wherever it is opened. */
export const fileHeaders = ({ type, name, isStored }: FileToSend): Record<string, string> => ({
  'Content-Type': type,
  'Content-Disposition': attachmentNamed(name),
  ...(isStored && { 'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'" }),
})

/** Kept for good, if at all, and by the browser alone: it is behind the login. Opened by itself it may do nothing but be looked at. */
export const pictureHeaders = ({ type, isFleeting }: PictureFile): Record<string, string> => ({
  'Content-Type': type,
  'Cache-Control': isFleeting ? 'no-store' : 'private, max-age=31536000, immutable',
  'Content-Security-Policy': "default-src 'none'; sandbox",
})
