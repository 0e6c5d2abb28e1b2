import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import type { Context } from 'hono'

/** Whether the client takes what is compressed so (RFC 9110, 12.5.3). */
export function accepts(c: Context, coding: 'br' | 'gzip'): boolean {
  return (c.req.header('accept-encoding') ?? '').split(',').some((each) => each.split(';', 1)[0]?.trim() === coding)
}

/** For files that are compressed once and sent often. */
export const compressWell: (bytes: Uint8Array) => Promise<Buffer> = promisify(brotliCompress)
