import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { demoMailbox } from '#sites/demo/mailbox.tsx'
import { listKeptMails } from '#features/mails/list-kept.ts'
import { listen } from '#program/listen.ts'
import type { TestDatabase } from './database.ts'
import { testPortal, type TestPortal, testSecrets } from './portal.ts'

/** The sites as a browser meets them: over HTTP, with the demo's mailbox beside the portal. */
export interface TestSite extends AsyncDisposable {
  portal: TestPortal
  url: URL
  settingsUrl: URL
}

/** On one host name browsers take the two sites for the same site, and on two for foreign ones. */
export interface Hosts {
  portal: string
  settings: string
}

/** Serves both sites over a test's database on free ports of this machine. */
export async function openSite(
  database: TestDatabase,
  hosts: Hosts = { portal: 'localhost', settings: 'localhost' },
): Promise<TestSite> {
  const listeners = await Promise.all([listenHere(), listenHere()])
  const [front, settingsFront] = listeners
  // Each site must know both addresses, which are known once somebody listens.
  const url = new URL(`http://${hosts.portal}:${front.port}`)
  const settingsUrl = new URL(`http://${hosts.settings}:${settingsFront.port}`)
  const portal = await testPortal(database, { portalUrl: url, settingsUrl })
  const { assets, now } = portal.program
  const mailbox = demoMailbox({
    assets,
    from: 'b-portal@example.jp',
    now,
    list: (keyword) => listKeptMails(database.operator, testSecrets, keyword),
  })
  front.answer(
    new Hono<{ Bindings: HttpBindings }>().route('/', mailbox).all('*', (c) => portal.app.fetch(c.req.raw, c.env)),
  )
  settingsFront.answer(portal.settingsApp)
  return {
    portal,
    url,
    settingsUrl,
    async [Symbol.asyncDispose]() {
      await Promise.all(listeners.map((listener) => listener.drain()))
    },
  }
}

function listenHere() {
  return listen({ host: '127.0.0.1', port: 0 })
}
