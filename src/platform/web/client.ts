import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import ipaddr from 'ipaddr.js'
import { type Client, nobodysAddress } from '../context.ts'

/** Each as its first address and its bits. */
export type Networks = readonly [ipaddr.IPv4 | ipaddr.IPv6, number][]

/** Who is at the other end. Proxies that are configured are believed about whom they speak for, nobody else. */
export function clientOf(c: Context<{ Bindings: HttpBindings }>, trusted: Networks): Client {
  const peer = c.env.incoming.socket.remoteAddress ?? ''
  const ip = addressOf(peer, c.req.header('x-forwarded-for'), trusted)
  return { ip, network: networkOf(ip), browser: browserOf(c.req.header('user-agent') ?? '') }
}

/** Who sends X-Forwarded-For without being believed; undefined: nobody does. */
export function unbelievedPeerOf(c: Context<{ Bindings: HttpBindings }>, trusted: Networks): string | undefined {
  const peer = readAddress(c.env.incoming.socket.remoteAddress ?? '')
  return c.req.header('x-forwarded-for') === undefined || isAmong(peer, trusted) ? undefined : peer
}

function networkOf(ip: string): string {
  const address = ipaddr.process(ip)
  return address instanceof ipaddr.IPv6 ? address.parts.slice(0, 4).join(':') : ip
}

/**
 * Walks X-Forwarded-For from the right, as long as a trusted proxy speaks; the first other address is the client's. What
 * cannot be read is nobody's address: the proxy's own would give its rights and counters to any client behind it.
 */
export function addressOf(peer: string, forwarded: string | undefined, trusted: Networks): string {
  const hops = (forwarded ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter(Boolean)
  let address = readAddress(peer)
  while (hops.length > 0 && isAmong(address, trusted)) address = readAddress(hops.pop() ?? '')
  return address
}

function readAddress(text: string): string {
  // Without the zone of a link-local address, which means nothing on another machine.
  const [address = ''] = text.split('%')
  if (!ipaddr.IPv6.isValid(address) && !ipaddr.IPv4.isValidFourPartDecimal(address)) return nobodysAddress
  const read = ipaddr.process(address)
  return read.range() === 'unspecified' ? nobodysAddress : read.toString()
}

/** Whether the operator's staff may work from an address: without networks from everywhere. */
export function isOfStaff(address: string, networks: Networks): boolean {
  return networks.length === 0 || isAmong(address, networks)
}

/** Whether an address lies in one of the networks; nobody's lies in none. */
function isAmong(address: string, trusted: Networks): boolean {
  if (address === nobodysAddress) return false
  const parsed = ipaddr.process(address)
  return trusted.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits))
}

const browsers: [name: string, version: RegExp][] = [
  ['Edge', /Edg\/(\d{1,4})/],
  ['Opera', /OPR\/(\d{1,4})/],
  ['Firefox', /Firefox\/(\d{1,4})/],
  ['Chrome', /(?:Headless)?Chrome\/(\d{1,4})/],
  ['Safari', /Version\/(\d{1,4})/],
]
const systems: [name: string, sign: RegExp][] = [
  ['Windows', /Windows/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
]

/** Longer than any real one, and short enough for whatever is searched in it. */
const longestUserAgent = 512

/** For people to recognise their own browser: 「Chrome 153 (Windows)」. Empty when it says nothing we know. */
export function browserOf(given: string): string {
  const userAgent = given.slice(0, longestUserAgent)
  const browser = browsers.map(([name, version]) => [name, version.exec(userAgent)?.[1]]).find(([, version]) => version)
  const system = systems.find(([, sign]) => sign.test(userAgent))?.[0]
  return [browser?.join(' '), system && `(${system})`].filter(Boolean).join(' ')
}
