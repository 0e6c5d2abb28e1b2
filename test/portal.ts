import type { Hono } from 'hono'
import { sql } from 'kysely'
import type { HttpBindings } from '@hono/node-server'
import { ownPath, paths } from '#sites/portal/paths.ts'
import { consoleApp } from '#sites/console/console.tsx'
import { portalApp } from '#sites/portal/portal.tsx'
import { settingsApp } from '#sites/settings/settings.tsx'
import { findStandstill } from '#features/jobs/pulse.ts'
import { type Email, openEmail } from '#features/mails/sealed.ts'
import { type Config, readConfig } from '#program/config.ts'
import { sitePulse } from '#program/site-pulse.ts'
import type { AskedSite } from '#platform/context.ts'
import { after } from '#platform/time/duration.ts'
import { openLog } from '#platform/log.ts'
import { openPasswords } from '#platform/security/passwords.ts'
import { formToken } from '#platform/web/form-token.ts'
import { secretsOf } from '#platform/security/secrets.ts'
import { serveAssets } from '#platform/web/assets.ts'
import type { Program } from '#platform/web/site.ts'
import { Hono as App } from 'hono'
import { readFrame } from './kept-frame.ts'
import { TestBrowser } from './test-browser.ts'
import type { TestDatabase } from './database.ts'

const files = readFrame()
const passwords = openPasswords()
export const testSecrets = secretsOf([Buffer.alloc(32, 7)])
/** The portal, for what works without one. */
export const portalAsked: AskedSite = { name: 'portal', home: paths.serviceMenu, front: paths.landing, ownPath }
/** For links in what is made without a portal. */
export const testUrl = new URL('https://portal.example.jp')
export const testSettingsUrl = new URL('https://settings.example.jp')

export interface TestPortal {
  program: Program
  app: Hono<{ Bindings: HttpBindings }>
  /** Somebody's browser, with its own cookies. */
  browser(options?: { ip?: string; language?: string }): TestBrowser
  settingsApp: TestPortal['app']
  consoleApp: TestPortal['app']
  /** What a browser is in the console of the staff. */
  consoleBrowser: TestPortal['browser']
  /** Lets the settings site say that it lives, and learn what the operator says of it. */
  beat(): Promise<void>
  /** What a browser is on the settings site, where it has other cookies. */
  settingsBrowser: TestPortal['browser']
  /** Moves the portal's clock. */
  advance(milliseconds: number): void
  /** What was mailed to an address so far, the oldest first. */
  mailsTo(address: string): Promise<Email[]>
  /** The six digits in the newest mail to an address. */
  newestCode(address: string): Promise<string>
}

/** The portal over a test's database, with a clock that stands still until it is moved. */
export async function testPortal(database: TestDatabase, changes: Partial<Config> = {}): Promise<TestPortal> {
  let now = new Date()
  const program: Program = {
    config: {
      ...readConfig({ LOG_LEVEL: 'silent', DEMO: 'on', SECRET_KEY: Buffer.alloc(32, 7).toString('base64') }),
      ...changes,
    },
    database: database.app,
    secrets: testSecrets,
    passwords: await passwords,
    assets: serveAssets(await files),
    log: openLog('error'),
    now: () => now,
    findStandstill,
  }
  const app = portalApp(program, new App<{ Bindings: HttpBindings }>())
  const pulse = sitePulse(program)
  const settings = settingsApp(program, pulse.state)
  const staffApp = consoleApp({ ...program, database: database.staff }, changes.consoleNetworks ?? [])
  return {
    program,
    app,
    browser: browserOf(app, program.config.portalUrl),
    settingsApp: settings,
    consoleApp: staffApp,
    consoleBrowser: browserOf(staffApp, program.config.consoleUrl ?? program.config.portalUrl),
    beat: pulse.beat,
    settingsBrowser: browserOf(settings, program.config.settingsUrl),
    advance(milliseconds) {
      now = after(now, milliseconds)
    },
    mailsTo: (address) => readMails(database, address),
    newestCode: (address) => newestCodeIn(database, address),
  }
}

function browserOf(app: TestPortal['app'], url: URL): TestPortal['browser'] {
  return (options) =>
    new TestBrowser(app, url, { ...options, tokenFor: (bound, path) => formToken(testSecrets, bound, path) })
}

async function newestCodeIn(database: TestDatabase, address: string): Promise<string> {
  const mails = await readMails(database, address)
  const code = /\b(\d{6})\b/.exec(mails.at(-1)?.text ?? '')?.[1]
  if (!code) throw new Error(`No code was mailed to ${address}`)
  return code
}

async function readMails({ operator }: TestDatabase, address: string): Promise<Email[]> {
  const rows = await operator.transaction((tx) =>
    tx
      .selectFrom('mail')
      .where('recipient', '=', address)
      .where('sealed', 'is not', null)
      .select(['id', 'sealed'])
      .orderBy('created_at')
      // The portal's clock stands still: of one moment the later transaction is the newer.
      .orderBy(sql`xmin::text::bigint`)
      .execute(),
  )
  return rows.map(({ id, sealed }) => openEmail(testSecrets, id, sealed ?? Buffer.alloc(0)))
}
