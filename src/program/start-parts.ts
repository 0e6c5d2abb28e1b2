import { Hono } from 'hono'
import { demoMailbox } from '#sites/demo/mailbox.tsx'
import { portalApp } from '#sites/portal/portal.tsx'
import { startWorker } from '#doors/jobs/worker.ts'
import { loadDemo } from '#features/demo/load-demo.ts'
import { findStandstill } from '#features/jobs/pulse.ts'
import { listKeptMails } from '#features/mails/list-kept.ts'
import type { Config } from './config.ts'
import type { Log } from '#platform/log.ts'
import { type Databases, openDatabases } from './open-databases.ts'
import { openPasswords } from '#platform/security/passwords.ts'
import { secretsOf } from '#platform/security/secrets.ts'
import { serveAssets } from '#platform/web/assets.ts'
import { bundleFrame } from '#sites/frame/bundle.ts'
import { listen } from './listen.ts'
import type { Bindings, Program } from '#platform/web/site.ts'

export interface Starting {
  config: Config
  log: Log
  parts: { portal: boolean; worker: boolean }
  /** Something this process cannot live without has ended by itself. */
  onLost: (reason: string) => void
}

export interface Running {
  /** Where the portal listens, if it does. */
  port?: number
  stop(): Promise<void>
}

/** Starts what was asked for, and answers how to stop it: nothing that was accepted is left undone. */
export async function startParts({ config, log, parts, onLost }: Starting): Promise<Running> {
  // Made while the database starts.
  const making = Promise.all([bundleFrame(), openPasswords()])
  making.catch(() => undefined)
  const databases = await openDatabases(config, log, onLost)
  const stops: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    // Pages need no worker, and jobs no page.
    await Promise.all(stops.map((one) => one()))
    await databases.close()
  }
  try {
    const secrets = secretsOf(config.secretKeys)
    if (!config.demo && !config.smtpUrl) log.warn('SMTP_URL is not set: mails are kept and nobody gets them')
    const [files, passwords] = await making
    const assets = serveAssets(files)
    const now = (): Date => new Date()
    const { app: database, owner, operator } = databases
    await loadDemo({ config, operator, passwords, secrets, now })
    if (parts.worker)
      stops.push(startWorker({ config, owner, operator, secrets, log, now, onLost, hasOthers: parts.portal }))
    if (!parts.portal) return { stop }
    const program: Program = { config, database, secrets, passwords, assets, log, now, findStandstill }
    const listener = await listen(portalApp(program, aside(config, program, databases)), config)
    stops.push(() => listener.drain())
    return { port: listener.port, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What answers beside the pages: a demo's mailbox. */
function aside(
  { demo, smtpUrl, mailFrom }: Config,
  { assets, secrets, now }: Program,
  { operator }: Databases,
): Hono<Bindings> {
  if (!demo || smtpUrl) return new Hono<Bindings>()
  return demoMailbox({ assets, from: mailFrom, now, list: () => listKeptMails(operator, secrets) })
}
