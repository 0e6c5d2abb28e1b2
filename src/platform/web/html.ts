import { brotliCompressSync, constants } from 'node:zlib'
import type { Context } from 'hono'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { acceptsBrotli } from './compression.ts'
import type { ErrorStatus } from './site.ts'

// Quality 1 takes some 30 µs for a page and saves most of what quality 11 would.
const fast = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
}
const worthCompressing = 1024

/** Renders and sends a page. Nothing of it may be kept by a cache: it is one person's. */
export function html(c: Context, status: 200 | 422 | ErrorStatus, node: VNode): Response {
  const bytes = Buffer.from(`<!doctype html>${renderToString(node)}`)
  c.header('Content-Type', 'text/html; charset=utf-8')
  c.header('Cache-Control', 'no-store')
  c.header('Vary', 'Accept-Encoding, Accept-Language')
  if (bytes.length < worthCompressing || !acceptsBrotli(c)) return c.body(bytes, status)
  c.header('Content-Encoding', 'br')
  return c.body(brotliCompressSync(bytes, fast), status)
}
