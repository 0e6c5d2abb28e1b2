import { Hono } from 'hono'
import { demoMailbox } from '#sites/demo/mailbox.tsx'
import { consoleApp } from '#sites/console/console.tsx'
import { portalApp } from '#sites/portal/portal.tsx'
import { settingsApp } from '#sites/settings/settings.tsx'
import { listKeptMails } from '#features/mails/list-kept.ts'
import type { Bindings, Program } from '#platform/web/site.ts'
import type { Passwords } from '#platform/security/passwords.ts'
import type { Config } from './config.ts'
import { listen, type Listener } from './listen.ts'
import { keepBeating, sitePulse } from './site-pulse.ts'
import type { Databases } from './open-databases.ts'

/** Where the sites are that a process answers for. */
export interface SiteUrls {
  portal?: URL
  settings?: URL
  console?: URL
}

export interface OpenSites {
  urls: SiteUrls
  drain: () => Promise<void>
}

/** What the sites stand on; where port 0 asks for any that is free, the addresses are not known yet. */
type Unplaced = Omit<Program, 'config'> & { config: Config }

/** Listens for the sites of this process, each on its own port. Throws a StartProblem when a port is taken. */
export async function openSites(
  parts: { portal: boolean; settings: boolean; console: boolean },
  program: Unplaced,
  { staffPasswords, ...databases }: Pick<Databases, 'operator' | 'staff'> & { staffPasswords: Passwords },
): Promise<OpenSites> {
  const { config } = program
  const { open, stops, drain } = listening(config)
  try {
    const portal = parts.portal ? await open(config.port, 'PORT') : undefined
    const settings = parts.settings ? await open(config.settingsPort, 'SETTINGS_PORT') : undefined
    const { staff } = databases
    const isOpen = parts.console && config.consoleUrl && staff
    const staffs = isOpen ? await open(config.consolePort, 'CONSOLE_PORT') : undefined
    const [portalUrl, settingsUrl] = [foundAt(config.portalUrl, portal), foundAt(config.settingsUrl, settings)]
    const consoleUrl = config.consoleUrl && foundAt(config.consoleUrl, staffs)
    // Links from one site to the other need to know where both are.
    const placed: Program = { ...program, config: { ...config, portalUrl, settingsUrl, consoleUrl } }
    portal?.answer(portalApp(placed, aside(config, placed, databases)))
    if (settings) {
      const pulse = sitePulse(placed)
      settings.answer(settingsApp(placed, pulse.state))
      stops.push(await keepBeating(pulse))
    }
    // Whoever crowds the portal with passwords takes no place of the staff's.
    if (staff)
      staffs?.answer(consoleApp({ ...placed, database: staff, passwords: staffPasswords }, config.consoleNetworks))
    return {
      urls: {
        ...(portal && { portal: portalUrl }),
        ...(settings && { settings: settingsUrl }),
        ...(staffs && consoleUrl && { console: consoleUrl }),
      },
      drain,
    }
  } catch (error) {
    await drain()
    throw error
  }
}

/** Opens ports, and gives them back together. */
function listening({ host }: Config) {
  const listeners: Listener[] = []
  const stops: (() => void)[] = []
  return {
    stops,
    async open(port: number, setting: string): Promise<Listener> {
      const listener = await listen({ host, port, setting })
      listeners.push(listener)
      return listener
    },
    async drain(): Promise<void> {
      for (const stop of stops) stop()
      await Promise.all(listeners.map((listener) => listener.drain()))
    },
  }
}

function foundAt(url: URL, listener: Listener | undefined): URL {
  if (url.port !== '0' || !listener) return url
  const found = new URL(url)
  found.port = String(listener.port)
  return found
}

/** What answers beside the pages: a demo's mailbox. */
function aside(
  { demo, smtpUrl, mailFrom }: Config,
  { assets, secrets, now }: Program,
  { operator }: Pick<Databases, 'operator'>,
): Hono<Bindings> {
  if (!demo || smtpUrl) return new Hono<Bindings>()
  return demoMailbox({ assets, from: mailFrom, now, list: (keyword) => listKeptMails(operator, secrets, keyword) })
}
