import { type BrotliOptions, brotliCompressSync, constants } from 'node:zlib'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { accepts } from './compression.ts'
import { completed, type SiteHeaders } from './headers.ts'
import type { ErrorStatus, WebContext } from './site.ts'

// Quality 1 takes a fifth of the time of quality 5 and saves most of what that would. Of a long form, such as one with all
// time zones, the better one saves a quarter more.
const fast = paramsOf(1)
const thorough = paramsOf(5)
const long = 24 * 1024
const worthCompressing = 1024

/** How a page is sent. */
export interface HtmlHead {
  status: 200 | ErrorStatus
  /** Those of the site, with what this page says besides; absent: they are added later. */
  headers?: SiteHeaders
  /** Cookies may have been written before. */
  hasCookies?: boolean
  isForm?: boolean
}

/** Renders and sends a page. */
export function html(c: WebContext, head: HtmlHead, node: VNode): Response {
  const drawn = draw(node)
  if (!isToCompress(c, drawn)) return sendBytes(c, head, Buffer.from(drawn))
  return sendCompressed(c, head, brotliCompressSync(drawn, head.isForm && drawn.length >= long ? thorough : fast))
}

/** A page that is sent often, as it travels. */
export interface KeptHtml {
  plain: Buffer<ArrayBuffer>
  compressed: Buffer<ArrayBuffer>
}

export function keepHtml(node: VNode): KeptHtml {
  const plain = Buffer.from(draw(node))
  return { plain, compressed: brotliCompressSync(plain, thorough) }
}

export function sendKept(c: WebContext, head: HtmlHead, { plain, compressed }: KeptHtml): Response {
  return isToCompress(c, plain) ? sendCompressed(c, head, compressed) : sendBytes(c, head, plain)
}

// To encode into memory that is there takes half the time of making new.
let memory = Buffer.allocUnsafeSlow(256 * 1024)

/** Good until the next page is drawn. */
function draw(node: VNode): Buffer<ArrayBuffer> {
  const text = `<!doctype html>${renderToString(node)}`
  // A unit of UTF-16 is three bytes of UTF-8 at most.
  if (text.length * 3 > memory.length) memory = Buffer.allocUnsafeSlow(text.length * 3)
  return memory.subarray(0, memory.write(text))
}

/** Sends a page that is drawn while it is sent. */
export function sendStream(c: WebContext, body: ReadableStream<Uint8Array>): Response {
  const isSmall = accepts(c, 'gzip')
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    vary: 'Accept-Encoding, Accept-Language',
    ...(isSmall && { 'content-encoding': 'gzip' }),
  }
  // It takes bytes of any kind, and its type says so: of ours, too.
  const gzip = new CompressionStream('gzip') as ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array>
  return c.body(isSmall ? body.pipeThrough(gzip) : body, 200, headers)
}

function isToCompress(c: WebContext, { length }: Buffer): boolean {
  return length >= worthCompressing && accepts(c, 'br')
}

function paramsOf(quality: number): BrotliOptions {
  return {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
  }
}

function sendCompressed(c: WebContext, head: HtmlHead, bytes: Buffer<ArrayBuffer>): Response {
  return sendBytes(c, { ...head, isCompressed: true }, bytes)
}

/** The site's headers say that nothing of a page may be kept by a cache: it is one person's. */
function sendBytes(
  c: WebContext,
  { status, headers: own, hasCookies = false, isCompressed = false }: HtmlHead & { isCompressed?: boolean },
  bytes: Buffer<ArrayBuffer>,
): Response {
  const headers = {
    ...own,
    'content-type': 'text/html; charset=utf-8',
    vary: 'Accept-Encoding, Accept-Language',
    ...(isCompressed && { 'content-encoding': 'br' }),
  }
  // Hono's own way puts the headers into an object that is read out again.
  const response = hasCookies ? c.body(bytes, status, headers) : new Response(bytes, { status, headers })
  return own ? completed(response) : response
}
