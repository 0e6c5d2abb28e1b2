import type { Visitor } from '../context.ts'
import { newToken } from '../security/secrets.ts'
import type { Language } from '../words.ts'
import type { Log } from '../log.ts'
import { clientOf, isOfStaff, unbelievedPeerOf } from './client.ts'
import { readCookies } from './cookies.ts'
import type { PageRequest } from './page.ts'
import type { SignedIn, Site, WebContext } from './site.ts'

/** What is known of a request before the database is asked. */
export interface WebRequest {
  method: 'GET' | 'POST'
  /** Reads only. */
  isLook: boolean
  path: string
  /** With its question mark, or empty; without `again`. */
  search: string
  /** Names a showing again of a form that was not taken: `?again=…`. */
  again: string | undefined
  asked: PageRequest
  /** What the forms of this browser are bound to: its session, or its visit. */
  browserToken: string
  /** A visit that begins with this request: to be set as a cookie. */
  newVisit?: string
  /** Chosen by a link on this browser; wins over the user's setting. */
  chosenLanguage: Language | undefined
  visitor: Omit<Visitor, 'tx'>
}

export function readRequest<Actor extends SignedIn>(c: WebContext, site: Site<Actor>): WebRequest {
  const { config, secrets, log, now } = site.program
  const { pathname, search } = new URL(c.req.url)
  const { again, ...query } = c.req.query()
  const cookies = readCookies(c, site.name)
  const client = clientOf(c, config.trustedProxies)
  tellUnbelieved(unbelievedPeerOf(c, config.trustedProxies), log)
  const known = cookies.session ?? cookies.visit
  const browserToken = known ?? newToken()
  const chosenLanguage = languageNamed(cookies.language)
  return {
    method: c.req.method === 'POST' ? 'POST' : 'GET',
    isLook: c.req.method !== 'POST',
    path: pathname,
    search: again === undefined ? search : withoutAgain(search),
    again: again && /^[\w-]{8}$/.test(again) ? again : undefined,
    asked: { params: c.req.param(), query, cookies },
    browserToken,
    ...(!known && { newVisit: browserToken }),
    chosenLanguage,
    visitor: {
      now: now(),
      client: { ...client, isOfStaff: isOfStaff(client.ip, config.consoleNetworks) },
      site: site.asked,
      language: chosenLanguage ?? preferredLanguage(c.req.header('accept-language')),
      secrets,
      portalUrl: config.portalUrl,
      settingsUrl: config.settingsUrl,
      consoleUrl: config.consoleUrl,
      log,
    },
  }
}

/** The address that was asked for, with the name of the showing again if it is one. */
export function hereOf({ path, search, again }: Pick<WebRequest, 'path' | 'search' | 'again'>): string {
  return path + searchOf({ search, again })
}

/** Its query, with the question mark, or empty. */
export function searchOf({ search, again }: Pick<WebRequest, 'search' | 'again'>): string {
  return again === undefined ? search : `${search || '?'}${search ? '&' : ''}again=${again}`
}

/** The rest as it was written. */
function withoutAgain(search: string): string {
  const kept = search
    .slice(1)
    .split('&')
    .filter((part) => !/^again(=|$)/.test(part))
  return kept.length > 0 ? `?${kept.join('&')}` : ''
}

/** Peers that were told of: each once, and no more than there are proxies. */
const told = new Set<string>()
const mostTold = 20

function tellUnbelieved(peer: string | undefined, log: Log): void {
  if (peer === undefined || told.has(peer) || told.size >= mostTold) return
  told.add(peer)
  const what = 'sends X-Forwarded-For and is not among TRUSTED_PROXIES: all who come by it count as this one address'
  log.warn({ peer }, what)
}

/** What a browser wants to read, whoever sits before it. */
export function languageOf(c: WebContext, site: { name: string }): Language {
  return languageNamed(readCookies(c, site.name).language) ?? preferredLanguage(c.req.header('accept-language'))
}

export function languageNamed(name: string | undefined): Language | undefined {
  return name === 'ja' || name === 'en' ? name : undefined
}

/** The first of ours that the browser names (RFC 9110, 12.5.4; browsers send them in order). Japanese when it names none. */
export function preferredLanguage(header = ''): Language {
  const named = header.split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  return named.map(languageNamed).find(Boolean) ?? 'ja'
}
