import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { startProblem } from './start-problem.ts'

/** How this installation runs; docs/running.md describes each setting. Read once, at the start. */
export interface Config {
  host: string
  port: number
  portalUrl: URL
  settingsUrl: URL
  dataDir: string
  /** Absent: the embedded PostgreSQL. */
  database?: { appUrl: string; ownerUrl: string }
  smtpUrl?: string
  mailFrom: string
  /** The newest first. */
  secretKeys: Buffer[]
  /** Networks whose X-Forwarded-For is believed. */
  trustedProxies: [ipaddr.IPv4 | ipaddr.IPv6, number][]
  demo: boolean
  logLevel: string
}

type Environment = Record<string, string | undefined>

const port = z.coerce.number().int().min(0).max(65535)
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ })
const webUrl = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url))

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  SETTINGS_PORT: port.default(3001),
  PORTAL_URL: webUrl.optional(),
  SETTINGS_URL: webUrl.optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]+@[^\r\n@]+$/, 'must be a mail address')
    .optional(),
  SECRET_KEY: z
    .string()
    .transform((text) => text.split(',').map((key) => Buffer.from(key.trim(), 'base64')))
    .refine((keys) => keys.every(({ length }) => length >= 32), 'must be 32 random bytes or more in Base64')
    .optional(),
  TRUSTED_PROXIES: z.string().default('').transform(networksOf),
  DEMO: z.enum(['on', 'off']).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** Throws a StartProblem with one line when a value is wrong or two do not fit together. */
export function readConfig(given: Environment): Config {
  // An empty value is no value.
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
  const read = environment.safeParse(present)
  if (!read.success) {
    const [issue] = read.error.issues
    throw startProblem('configuration', `${String(issue?.path[0])}: ${issue?.message}. See docs/running.md.`)
  }
  const values = read.data
  const demo = values.DEMO ? values.DEMO === 'on' : isUnconfigured(present)
  const dataDir = resolve(values.DATA_DIR)
  const config: Config = {
    host: values.HOST,
    port: values.PORT,
    portalUrl: values.PORTAL_URL ?? new URL(`http://localhost:${values.PORT}`),
    settingsUrl: values.SETTINGS_URL ?? new URL(`http://localhost:${values.SETTINGS_PORT}`),
    dataDir,
    ...databaseOf(values),
    ...(values.SMTP_URL && { smtpUrl: values.SMTP_URL }),
    mailFrom: values.MAIL_FROM ?? (demo ? 'b-portal@example.jp' : `no-reply@${values.PORTAL_URL?.hostname}`),
    secretKeys: values.SECRET_KEY ?? (demo ? [demoKey(dataDir)] : []),
    trustedProxies: values.TRUSTED_PROXIES,
    demo,
    logLevel: values.LOG_LEVEL,
  }
  const contradiction = demo ? demoProblem(config) : productionProblem(config, values)
  if (contradiction) throw startProblem('configuration', contradiction)
  return config
}

type Values = z.output<typeof environment>

/** A demo is what starts when nothing is configured but where it may lie and listen, and where its mails go. */
function isUnconfigured(given: Environment): boolean {
  const deciding = [
    'HOST',
    'PORTAL_URL',
    'SETTINGS_URL',
    'DATABASE_URL',
    'DATABASE_OWNER_URL',
    'MAIL_FROM',
    'SECRET_KEY',
    'TRUSTED_PROXIES',
  ]
  return deciding.every((name) => given[name] === undefined)
}

function databaseOf({ DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl }: Values): Pick<Config, 'database'> {
  if (!appUrl !== !ownerUrl)
    throw startProblem('configuration', 'DATABASE_URL and DATABASE_OWNER_URL are needed both, or neither.')
  return appUrl && ownerUrl ? { database: { appUrl, ownerUrl } } : {}
}

function networksOf(text: string, context: z.RefinementCtx): Config['trustedProxies'] {
  const networks = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  return networks.flatMap((network) => {
    const range = network.includes('/') ? network : `${network}/${network.includes(':') ? 128 : 32}`
    if (ipaddr.isValidCIDR(range) && !range.endsWith('/0')) return [ipaddr.parseCIDR(range)]
    context.addIssue({ code: 'custom', message: `"${network}" is no address or network, or is all of them` })
    return []
  })
}

const local = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** Whether a host name means this machine alone. */
export function isLocal(host: string): boolean {
  return local.has(host) || host.endsWith('.localhost')
}

function demoProblem({ host, portalUrl }: Config): string | undefined {
  if (!isLocal(host))
    return `HOST: a demo listens on this machine alone, not on ${host}. Its passwords are published; configure the product or set HOST=127.0.0.1.`
  if (!isLocal(portalUrl.hostname))
    return `PORTAL_URL: a demo cannot be reached as ${portalUrl.hostname}. Set DEMO=off and configure the product.`
  return undefined
}

function productionProblem({ portalUrl, settingsUrl, secretKeys }: Config, given: Values): string | undefined {
  if (!given.PORTAL_URL || portalUrl.protocol !== 'https:')
    return 'PORTAL_URL: outside a demo the address customers use is needed, and it begins with https.'
  if (!given.SETTINGS_URL || settingsUrl.protocol !== 'https:')
    return 'SETTINGS_URL: outside a demo the address of the settings site is needed, and it begins with https.'
  if (portalUrl.hostname === settingsUrl.hostname)
    return 'SETTINGS_URL: the two sites need different host names, because browsers share cookies between ports.'
  if (secretKeys.length === 0) return 'SECRET_KEY: outside a demo it is needed: 32 random bytes in Base64.'
  return undefined
}

function demoKey(dataDir: string): Buffer {
  const file = join(dataDir, 'demo-secret-key')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 })
  }
  return Buffer.from(readFileSync(file, 'utf8'), 'base64')
}
