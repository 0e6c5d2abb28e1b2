import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import type { Context } from 'hono'

export function acceptsBrotli(c: Context): boolean {
  return /(^|[\s,])br($|[\s,;])/.test(c.req.header('accept-encoding') ?? '')
}

/** For files that are compressed once and sent often. */
export const compressWell: (bytes: Uint8Array) => Promise<Buffer> = promisify(brotliCompress)
