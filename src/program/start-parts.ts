import { startWorker } from '#doors/jobs/worker.ts'
import { loadDemo } from '#features/demo/load-demo.ts'
import { findStandstill } from '#features/jobs/pulse.ts'
import type { Config } from './config.ts'
import type { Log } from '#platform/log.ts'
import { openDatabases } from './open-databases.ts'
import { openPasswords } from '#platform/security/passwords.ts'
import { secretsOf } from '#platform/security/secrets.ts'
import { serveAssets } from '#platform/web/assets.ts'
import { bundleFrame } from '#sites/frame/bundle.ts'
import { openSites, type SiteUrls } from './open-sites.ts'

export interface Starting {
  config: Config
  log: Log
  parts: Parts
  /** Something this process cannot live without has ended by itself. */
  onLost: (reason: string) => void
}

/** What a process does. */
export interface Parts {
  portal: boolean
  settings: boolean
  console: boolean
  worker: boolean
}

export interface Running {
  /** Where the sites are that it answers for. */
  sites: SiteUrls
  stop(): Promise<void>
}

/** Starts what was asked for, and answers how to stop it: nothing that was accepted is left undone. */
export async function startParts({ config, log, parts, onLost }: Starting): Promise<Running> {
  // Made while the database starts.
  const making = Promise.all([bundleFrame(), openPasswords(), openPasswords()])
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
    const [files, passwords, staffPasswords] = await making
    const assets = serveAssets(files)
    const now = (): Date => new Date()
    const { app: database, owner, operator } = databases
    await loadDemo({ config, operator, passwords, secrets, now })
    const hasOthers = parts.portal || parts.settings || parts.console
    if (parts.worker) stops.push(startWorker({ config, owner, operator, secrets, log, now, onLost, hasOthers }))
    const sites = await openSites(
      parts,
      { config, database, secrets, passwords, assets, log, now, findStandstill },
      { ...databases, staffPasswords },
    )
    stops.push(sites.drain)
    return { sites: sites.urls, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
