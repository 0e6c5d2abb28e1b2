import { isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

export type NetworkProblem =
  | 'no-network'
  /** Set is a bit behind the network's part: it is an address in the network that was meant. */
  | 'host-bits'
  /** Parts are left out, or written with leading zeros: programs differ in what they read then. */
  | 'shortened'
  | 'padded'
  /** A link-local address of one machine. */
  | 'zone'
  /** All addresses there are. */
  | 'everything'
  /** It holds 0.0.0.0, which stands for clients that cannot be told. */
  | 'holds-nobody'

export type ReadNetwork = { ok: true; network: string } | { ok: false; problem: NetworkProblem; meant?: string }

/**
 * A network in CIDR notation (RFC 4632, 3.1; RFC 4291, 2.3) as it is written canonically: `192.0.2.0/24`, `2001:db8::/32`. An
 * address alone is a network of its own; an IPv4 address in IPv6 form is the IPv4 address (RFC 4291, 2.5.5.2). What could be meant
 * by what is refused comes along where it can be told.
 */
export function readNetwork(typed: string): ReadNetwork {
  const text = typed.normalize('NFKC').trim().toLowerCase()
  if (text.includes('%')) return refused('zone')
  const [address = '', bits, ...more] = text.split('/')
  if (more.length > 0 || (bits !== undefined && !/^(0|[1-9]\d{0,2})$/.test(bits))) return refused('no-network')
  const full = fullForm(address, bits !== undefined)
  if (!full) return refused('no-network')
  const parsed = ipaddr.parse(full.address)
  const length = bits === undefined ? widthOf(parsed) : Number(bits)
  if (length > widthOf(parsed)) return refused('no-network')
  const judged = judge(parsed, length)
  if (full.isAsTyped) return judged
  const meant = judged.ok ? judged.network : judged.meant
  return { ok: false, problem: full.problem, ...(meant !== undefined && { meant }) }
}

/** Whether a network, as `readNetwork` gives it, holds an address. */
export function holds(network: string, address: string): boolean {
  const client = ipaddr.process(address)
  const [first, length] = ipaddr.parseCIDR(network)
  return client.kind() === first.kind() && client.match(first, length)
}

type FullForm = { address: string } & ({ isAsTyped: true } | { isAsTyped: false; problem: 'shortened' | 'padded' })

/** An address with all its parts; undefined when it is none. */
function fullForm(address: string, hasLength: boolean): FullForm | undefined {
  // As inet_pton reads it, which knows no shortened IPv4 address in its end and none with leading zeros.
  if (isIPv6(address)) return { address, isAsTyped: true }
  const parts = address.split('.')
  if (!parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined
  if (parts.length > 4 || (parts.length < 4 && !hasLength)) return undefined
  const full = [...parts.map(Number), 0, 0, 0].slice(0, 4).join('.')
  if (parts.length < 4) return { address: full, isAsTyped: false, problem: 'shortened' }
  return full === address ? { address, isAsTyped: true } : { address: full, isAsTyped: false, problem: 'padded' }
}

function judge(parsed: Address, length: number): ReadNetwork {
  if (length === 0) return refused('everything')
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress() && length >= 96)
    return judge(parsed.toIPv4Address(), length - 96)
  const first = firstOf(parsed, length)
  if (first instanceof ipaddr.IPv4 && first.octets.every((octet) => octet === 0)) return refused('holds-nobody')
  const network = `${textOf(first)}/${length}`
  return textOf(first) === textOf(parsed) ? { ok: true, network } : { ok: false, problem: 'host-bits', meant: network }
}

function firstOf(address: Address, length: number): Address {
  const bytes = address
    .toByteArray()
    .map((byte, at) => byte & (0xff << Math.min(8, Math.max(0, 8 * (at + 1) - length))))
  return ipaddr.fromByteArray(bytes)
}

function textOf(address: Address): string {
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString()
}

function widthOf(address: Address): number {
  return address instanceof ipaddr.IPv6 ? 128 : 32
}

function refused(problem: NetworkProblem): ReadNetwork {
  return { ok: false, problem }
}
