import type { MiddlewareHandler } from 'hono'

/** What every answer of a site says, as Node takes it. */
export type SiteHeaders = Readonly<Record<string, string>>

/** Of a site whose forms may lead on to others. */
export function siteHeadersOf(url: URL, formTargets: readonly URL[]): SiteHeaders {
  const ownAlone = ['style-src', 'script-src', 'img-src', 'connect-src'].map((kind) => `${kind} 'self'`)
  const formAction = ["form-action 'self'", ...formTargets.map(({ origin }) => origin)].join(' ')
  return {
    'cache-control': 'no-store',
    'content-security-policy': [
      "default-src 'none'",
      ...ownAlone,
      formAction,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy': ['camera', 'microphone', 'geolocation', 'payment', 'usb']
      .map((right) => `${right}=()`)
      .join(', '),
    'referrer-policy': 'no-referrer',
    ...(url.protocol === 'https:' && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-download-options': 'noopen',
    'x-frame-options': 'DENY',
    'x-permitted-cross-domain-policies': 'none',
    'x-xss-protection': '0',
  }
}

const complete = new WeakSet<Response>()

/** Marks an answer that was made with all of them: to add them one by one costs more than the rest of the sending. */
export function completed(response: Response): Response {
  complete.add(response)
  return response
}

/** Says them in every answer that does not say otherwise: a file may be stricter than a page, or be kept. */
export function addHeaders(headers: SiteHeaders): MiddlewareHandler {
  const entries = Object.entries(headers)
  return async (c, next) => {
    await next()
    if (complete.has(c.res)) return
    for (const [name, value] of entries) if (!c.res.headers.has(name)) c.res.headers.set(name, value)
  }
}
