import { type BrotliOptions, brotliCompressSync, constants } from 'node:zlib'
import type { Context } from 'hono'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { acceptsBrotli } from './compression.ts'
import type { ErrorStatus } from './site.ts'

// Quality 1 takes some 30 µs for a page and saves most of what quality 11 would. Of a long page, such as a form with all
// time zones, quality 4 saves a seventh more for some 200 µs.
const fast = paramsOf(1)
const thorough = paramsOf(4)
const worthCompressing = 1024
const long = 24 * 1024

/** Renders and sends a page. */
export function html(c: Context, status: 200 | 422 | ErrorStatus, node: VNode): Response {
  const plain = render(node)
  return sendDrawn(c, status, { plain, compressed: () => compress(plain) })
}

export function render(node: VNode): Buffer<ArrayBuffer> {
  return Buffer.from(`<!doctype html>${renderToString(node)}`)
}

/** A page as it travels. */
export interface HtmlBytes {
  plain: Buffer<ArrayBuffer>
  compressed: () => Buffer<ArrayBuffer>
}

/** For a page that is sent often. */
export function bothWays(plain: Buffer<ArrayBuffer>): HtmlBytes {
  const compressed = compress(plain)
  return { plain, compressed: () => compressed }
}

/** Nothing of a page may be kept by a cache: it is one person's. */
export function sendDrawn(c: Context, status: 200 | 422 | ErrorStatus, { plain, compressed }: HtmlBytes): Response {
  c.header('Content-Type', 'text/html; charset=utf-8')
  c.header('Cache-Control', 'no-store')
  c.header('Vary', 'Accept-Encoding, Accept-Language')
  if (plain.length < worthCompressing || !acceptsBrotli(c)) return c.body(plain, status)
  c.header('Content-Encoding', 'br')
  return c.body(compressed(), status)
}

function compress(bytes: Buffer): Buffer<ArrayBuffer> {
  return brotliCompressSync(bytes, bytes.length < long ? fast : thorough)
}

function paramsOf(quality: number): BrotliOptions {
  return {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
  }
}
