import { TOTP } from 'otpauth'
import { hiddenFields } from '#test/test-browser.ts'
import { type Answer, type Ask, ask, textOf } from './drive.ts'
import { password, totpSecret } from './world/users.ts'
import { portalUrl, settingsUrl } from './world/world.ts'

/** What a browser sends and keeps, over real HTTP. */
export interface Browser {
  /** Throws unless the answer has this status. */
  get: (path: string, status?: number) => Promise<Answer>
  /** Whatever the answer is. */
  ask: (path: string) => Promise<Answer>
  post: (path: string, form: Record<string, string>, status?: number) => Promise<Answer>
  /** Posts with a file in the field `file`. */
  sendFile: (path: string, form: Record<string, string>, content: string | Buffer) => Promise<Answer>
  /** With the cookies as they are now. */
  headers: () => Record<string, string>
}

export function openBrowser(port: number, { brotli = false, site = portalUrl } = {}): Browser {
  const cookies = new Map<string, string>()
  const headers = (): Record<string, string> => ({
    host: site.host,
    accept: 'text/html,application/xhtml+xml',
    'accept-language': 'ja,en-US;q=0.7',
    ...(brotli && { 'accept-encoding': 'gzip, deflate, br' }),
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
  })
  const send = async (path: string, status?: number, posted?: Pick<Ask, 'form' | 'file'>): Promise<Answer> => {
    const origin = posted && { origin: site.origin }
    const answer = await ask({ port, path, headers: { ...headers(), ...origin }, ...posted })
    for (const cookie of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    if (status !== undefined && answer.status !== status)
      throw new Error(`${path}: ${answer.status}\n${textOf(answer)}`)
    return answer
  }
  return {
    headers,
    ask: (path) => send(path),
    get: (path, status = 200) => send(path, status),
    post: (path, form, status = 303) => send(path, status, { form }),
    sendFile: (path, form, content) => send(path, 303, { form, file: { field: 'file', content } }),
  }
}

/** The form of a page, ready to be posted again and again. */
export async function openForm(browser: Browser, path: string): Promise<Record<string, string>> {
  return hiddenFields(textOf(await browser.get(path)), path)
}

export async function firstStep(browser: Browser, mail: string): Promise<void> {
  await browser.post('/login', { ...(await openForm(browser, '/login')), username: mail, password })
}

/** Both steps, with the forms before them. */
export async function signIn(browser: Browser, mail: string): Promise<void> {
  await firstStep(browser, mail)
  const totp = new TOTP({ secret: totpSecret })
  const form = await openForm(browser, '/login/second-step')
  await browser.post('/login/second-step', { ...form, code: totp.generate() })
}

/** Opens a page of the settings site by way of the portal, as often as it leads there and back. */
export async function openSettings(both: { portal: Browser; settings: Browser }, path: string): Promise<void> {
  let next = new URL(path, settingsUrl)
  for (let steps = 0; steps < 8; steps++) {
    const browser = next.host === portalUrl.host ? both.portal : both.settings
    const { status, headers } = await browser.ask(next.pathname + next.search)
    if (status === 200) return
    if (status !== 303) throw new Error(`${next.href}: ${status}`)
    next = new URL(headers.location ?? '', next)
  }
  throw new Error(`${path} leads on and on`)
}
