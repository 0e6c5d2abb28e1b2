import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { demoMailbox } from '#sites/demo/mailbox.tsx'
import { listKeptMails } from '#features/mails/list-kept.ts'
import { listen } from '#program/listen.ts'
import type { TestDatabase } from './database.ts'
import { testPortal, type TestPortal, testSecrets } from './portal.ts'

/** The portal as a browser meets it: over HTTP, with the demo's mailbox beside it. */
export interface TestSite extends AsyncDisposable {
  portal: TestPortal
  url: URL
}

/** Serves a portal over a test's database on a free port of this machine. */
export async function openSite(database: TestDatabase): Promise<TestSite> {
  let answering = new Hono<{ Bindings: HttpBindings }>()
  // The portal must know its address, which is known once somebody listens.
  const front = new Hono<{ Bindings: HttpBindings }>().all('*', (c) => answering.fetch(c.req.raw, c.env))
  const listener = await listen(front, { host: '127.0.0.1', port: 0 })
  const url = new URL(`http://localhost:${listener.port}`)
  const portal = await testPortal(database, { portalUrl: url })
  const { assets, now } = portal.program
  const mailbox = demoMailbox({
    assets,
    from: 'b-portal@example.jp',
    now,
    list: () => listKeptMails(database.operator, testSecrets),
  })
  answering = new Hono<{ Bindings: HttpBindings }>()
    .route('/', mailbox)
    .all('*', (c) => portal.app.fetch(c.req.raw, c.env))
  return { portal, url, [Symbol.asyncDispose]: () => listener.drain() }
}
