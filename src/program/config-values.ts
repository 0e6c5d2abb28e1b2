import ipaddr from 'ipaddr.js'
import { z } from 'zod'

/** What values of settings look like, each with the sentence that says so. */

export type Network = [ipaddr.IPv4 | ipaddr.IPv6, number]

const portForm = 'must be a whole number from 0 to 65535'
export const port = z.coerce.number(portForm).int(portForm).min(0, portForm).max(65535, portForm)
const strayPercent = 'has a % that stands for nothing: write it as %25'
export const postgresUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: 'must be an address such as postgres://user@host/database' })
  .refine(isDecodable, strayPercent)
export const webUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://portal.example.jp' })
  .transform((url) => new URL(url))
  .refine(
    ({ pathname, search, hash, username, password, href }) =>
      pathname === '/' && search + hash + username + password === '' && !/[?#]$/.test(href),
    'must be an address without path, query, fragment or user, such as https://portal.example.jp',
  )

/** What Nodemailer takes in the query of the address of a mail server, and this product is tried with. */
const smtpOptions = new Set(['requireTLS', 'ignoreTLS', 'name'])
export const smtpUrl = z
  .url({ protocol: /^smtps?$/, error: 'must be an address such as smtps://user:password@mail.example.jp' })
  .refine(isDecodable, strayPercent)
  .refine((url) => !url.includes('#'), 'has a # that begins a fragment: write it as %23')
  .superRefine((url, { addIssue }) => {
    const read = URL.parse(url)
    const unknown = [...(read?.searchParams.keys() ?? [])].find((name) => !smtpOptions.has(name))
    const message = `does not know "${unknown}" after its ?: ${[...smtpOptions].join(', ')}`
    if (unknown !== undefined) addIssue({ code: 'custom', message, input: url })
  })

/** Of addresses and networks with commas; never all of them. */
export function networksOf(text: string, context: z.RefinementCtx): Network[] {
  const networks = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  return networks.flatMap((network) => {
    const range = network.includes('/') ? network : `${network}/${network.includes(':') ? 128 : 32}`
    const isRange = ipaddr.IPv6.isValidCIDR(range) || ipaddr.IPv4.isValidCIDRFourPartDecimal(range)
    const parsed = isRange ? ipaddr.parseCIDR(range) : undefined
    if (parsed && parsed[1] > 0) return [parsed]
    context.addIssue({ code: 'custom', message: `"${network}" is no address or network, or is all of them` })
    return []
  })
}

function isDecodable(url: string): boolean {
  try {
    return decodeURIComponent(url) !== ''
  } catch {
    return false
  }
}
