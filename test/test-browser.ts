import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'

export interface Answer {
  status: number
  /** Where it leads, if it does. */
  location: string
  body: string
  bytes: Uint8Array
  headers: Headers
}

/** A file as a form sends it. */
interface SentFile {
  field: string
  name: string
  bytes: Uint8Array<ArrayBuffer>
}

interface BrowserOptions {
  ip?: string
  language?: string
  /** Makes what proves that a form was given to this browser. */
  tokenFor?: (browserToken: string, path: string) => string
}

/** A browser without scripts: keeps cookies, sends a form with the hidden fields it was given, and follows redirects only when asked. */
export class TestBrowser {
  readonly cookies = new Map<string, string>()
  keepsCookies = true
  readonly #app: Hono<{ Bindings: HttpBindings }>
  readonly origin: URL
  readonly #ip: string
  readonly #language: string
  readonly #tokenFor: BrowserOptions['tokenFor']

  constructor(
    app: Hono<{ Bindings: HttpBindings }>,
    origin: URL,
    { ip = '192.0.2.1', language = 'ja', tokenFor }: BrowserOptions = {},
  ) {
    this.#tokenFor = tokenFor
    this.#app = app
    this.origin = origin
    this.#ip = ip
    this.#language = language
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.request(path, { headers })
  }

  /** Posts a form as it stands on the page at `from` (the same path unless told), with these values typed into it. */
  async post(
    path: string,
    values: Record<string, string> = {},
    { from = path }: { from?: string } = {},
  ): Promise<Answer> {
    const page = await this.get(from)
    // Whoever is signed in is led on from the login; a form of it is taken all the same.
    const token = page.status === 303 ? this.#tokenFor?.(this.#bound, path) : undefined
    return this.send(path, { ...(token && { token }), ...hiddenFields(page.body, path), ...values })
  }

  /** What the forms of this browser are bound to. */
  get #bound(): string {
    const named = (name: string) => [...this.cookies].find(([each]) => each.endsWith(`-${name}`))?.[1]
    return named('session') ?? named('visit') ?? ''
  }

  /**
   * Posts these fields and nothing else. A form that is not taken leads to where it is shown again: that page is answered, as
   * 422 if it says that something is wrong, which tells what became of the form.
   */
  async send(
    path: string,
    fields: Record<string, string> | [string, string][],
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.#sendBody(path, { headers: { ...type, ...headers }, body: new URLSearchParams(fields).toString() })
  }

  async #sendBody(path: string, sent: { headers: Record<string, string>; body: BodyInit }): Promise<Answer> {
    const headers = { origin: this.origin.origin, ...sent.headers }
    const answer = await this.request(path, { method: 'POST', ...sent, headers })
    if (!isShownAgain(answer)) return answer
    const shown = await this.get(answer.location)
    return { ...shown, status: shown.body.includes('id="error-summary"') ? 422 : shown.status }
  }

  /** Posts a form with a file, as a browser sends one (RFC 7578). */
  async sendFile(
    path: string,
    { fields = {}, file = [] }: { fields?: Record<string, string>; file?: SentFile | readonly SentFile[] },
  ): Promise<Answer> {
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...hiddenFields((await this.get(path)).body, path), ...fields }))
      form.append(name, value)
    for (const { field, name, bytes } of [file].flat()) form.append(field, new Blob([bytes]), name)
    return this.#sendBody(path, await toBytes(form))
  }

  async request(
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const response = await this.#app.request(
      new Request(new URL(path, this.origin), {
        ...init,
        headers: {
          host: this.origin.host,
          'accept-language': this.#language,
          ...(this.cookies.size > 0 && {
            cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          }),
          ...init.headers,
        },
      }),
      undefined,
      // What of a connection the portal looks at.
      { incoming: { socket: { remoteAddress: this.#ip } } },
    )
    this.#keep(response.headers.getSetCookie())
    const bytes = new Uint8Array(await response.arrayBuffer())
    return {
      status: response.status,
      location: response.headers.get('location') ?? '',
      // Where a line may break is no part of a text.
      body: new TextDecoder().decode(bytes).replaceAll('<wbr/>', ''),
      bytes,
      headers: response.headers,
    }
  }

  #keep(cookies: string[]): void {
    if (!this.keepsCookies) return
    for (const cookie of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (/;\s*max-age=0/i.test(cookie)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }
}

/** Whether an answer leads to a form that is shown again. */
export function isShownAgain({ status, location }: Answer): boolean {
  return status === 303 && /^\/[^?]*\?(.*&)?again=[\w-]{8}$/.test(location)
}

/** The hidden fields of the form that posts to a path. */
export function hiddenFields(html: string, path: string): Record<string, string> {
  const actions = [`action="${path}"`, `action="${path}?`]
  const isIt = (part: string): boolean =>
    part.includes('method="post"') && actions.some((action) => part.includes(action))
  const form = html.split('<form').find(isIt) ?? ''
  const inputs = (form.split('</form>')[0] ?? '').match(/<input [^>]*type="hidden"[^>]*>/g) ?? []
  return Object.fromEntries(
    inputs.map((input) => [/name="([^"]*)"/.exec(input)?.[1] ?? '', asRead(/value="([^"]*)"/.exec(input)?.[1] ?? '')]),
  )
}

/** The value of an attribute, as a browser reads it. */
function asRead(written: string): string {
  return written.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
}

async function toBytes(form: FormData): Promise<{ headers: Record<string, string>; body: ArrayBuffer }> {
  const sent = new Response(form)
  const body = await sent.arrayBuffer()
  return {
    headers: { 'content-type': sent.headers.get('content-type') ?? '', 'content-length': String(body.byteLength) },
    body,
  }
}
