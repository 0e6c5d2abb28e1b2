import { z } from 'zod'
import { isLocal } from '#platform/web/local-host.ts'
import { type Network, networksOf, port, postgresUrl, smtpUrl, webUrl } from './config-values.ts'
import { startProblem } from '#platform/start-problem.ts'
import { dataFolderOf, demoKey } from './data-folder.ts'

/** How this installation runs; docs/running.md describes each setting. Read once, at the start. */
export interface Config {
  host: string
  port: number
  settingsPort: number
  consolePort: number
  portalUrl: URL
  settingsUrl: URL
  /** Undefined: there is no console. */
  consoleUrl: URL | undefined
  /** From where the console may be used at all; empty: from everywhere. */
  consoleNetworks: Network[]
  dataDir: string
  /** Absent: the embedded PostgreSQL. */
  database?: { appUrl: string; ownerUrl: string; staffUrl?: string }
  smtpUrl?: string
  mailFrom: string
  /** The newest first. */
  secretKeys: Buffer[]
  /** Networks whose X-Forwarded-For is believed. */
  trustedProxies: Network[]
  demo: boolean
  logLevel: string
}

/** The server of the URLs, or the embedded one in the data folder. */
export type DatabasePlace = Pick<Config, 'dataDir' | 'database'>

export type Environment = Readonly<Record<string, string | undefined>>

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  SETTINGS_PORT: port.optional(),
  CONSOLE_PORT: port.optional(),
  PORTAL_URL: webUrl.optional(),
  SETTINGS_URL: webUrl.optional(),
  CONSOLE_URL: webUrl.optional(),
  CONSOLE_NETWORKS: z.string().default('').transform(networksOf),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  DATABASE_STAFF_URL: postgresUrl.optional(),
  SMTP_URL: smtpUrl.optional(),
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
  const values = readValues(environment, given)
  const demo = isDemo(values, given)
  const settingsPort = values.SETTINGS_PORT ?? portBeside(values.PORT)
  const consolePort = values.CONSOLE_PORT ?? portBeside(settingsPort)
  const config: Config = {
    host: values.HOST,
    port: values.PORT,
    settingsPort,
    consolePort,
    portalUrl: values.PORTAL_URL ?? localUrl(values.PORT),
    settingsUrl: values.SETTINGS_URL ?? localUrl(settingsPort),
    consoleUrl: values.CONSOLE_URL ?? (demo ? localUrl(consolePort) : undefined),
    consoleNetworks: values.CONSOLE_NETWORKS,
    ...databasePlaceOf(values),
    ...(values.SMTP_URL && { smtpUrl: values.SMTP_URL }),
    mailFrom: values.MAIL_FROM ?? (demo ? 'b-portal@example.jp' : `no-reply@${values.PORTAL_URL?.hostname}`),
    secretKeys: secretKeysOf(values, demo),
    trustedProxies: values.TRUSTED_PROXIES,
    demo,
    logLevel: values.LOG_LEVEL,
  }
  const contradiction = demo ? demoProblem(config) : productionProblem(config, values)
  if (contradiction) throw startProblem('configuration', contradiction)
  return config
}

/** Where the database is, for what needs nothing else. Throws a StartProblem with one line. */
export function readDatabasePlace(given: Environment): DatabasePlace {
  const names = { DATA_DIR: true, DATABASE_URL: true, DATABASE_OWNER_URL: true, DATABASE_STAFF_URL: true } as const
  return databasePlaceOf(readValues(environment.pick(names), given))
}

/** The URLs of a database that is not the embedded one. Throws a StartProblem with one line, also when none is set. */
export function readDatabaseUrls(given: Environment): NonNullable<Config['database']> {
  const { database } = readDatabasePlace(given)
  if (database) return database
  throw startProblem(
    'configuration',
    'DATABASE_URL and DATABASE_OWNER_URL are needed: they say which database is meant. See docs/running.md.',
  )
}

/** The keys for what needs nothing else; none where none is set and it is no demo. Throws a StartProblem with one line. */
export function readSecretKeys(given: Environment): Config['secretKeys'] {
  const values = readValues(environment.pick({ SECRET_KEY: true, DEMO: true, DATA_DIR: true }), given)
  return secretKeysOf(values, isDemo(values, given))
}

/** What links in mails begin with; undefined where none is set and it is no demo. Throws a StartProblem with one line. */
export function readSiteUrls(given: Environment): { portalUrl: URL | undefined; consoleUrl: URL | undefined } {
  const names = {
    PORTAL_URL: true,
    CONSOLE_URL: true,
    PORT: true,
    SETTINGS_PORT: true,
    CONSOLE_PORT: true,
    DEMO: true,
  } as const
  const values = readValues(environment.pick(names), given)
  const at = (told: URL | undefined, number: number): URL | undefined =>
    told ?? (isDemo(values, given) ? localUrl(number) : undefined)
  const consolePort = values.CONSOLE_PORT ?? portBeside(values.SETTINGS_PORT ?? portBeside(values.PORT))
  return { portalUrl: at(values.PORTAL_URL, values.PORT), consoleUrl: at(values.CONSOLE_URL, consolePort) }
}

type Values = z.output<typeof environment>

function readValues<Settings extends z.ZodObject>(settings: Settings, given: Environment): z.output<Settings> {
  const read = settings.safeParse(presentOf(given))
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw startProblem('configuration', `${String(issue?.path[0])}: ${issue?.message}. See docs/running.md.`)
}

function localUrl(at: number): URL {
  return new URL(`http://localhost:${at}`)
}

/** Of the next site, unless told: the next one; beside any that is free, any that is free. */
function portBeside(at: number): number {
  return at === 0 || at === 65535 ? 0 : at + 1
}

/** An empty value is no value. */
function presentOf(given: Environment): Environment {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
}

function isDemo({ DEMO: told }: Pick<Values, 'DEMO'>, given: Environment): boolean {
  return told ? told === 'on' : isUnconfigured(presentOf(given))
}

/** A demo is what starts when nothing is configured but where it may lie and listen, and where its mails go. */
function isUnconfigured(given: Environment): boolean {
  const deciding = [
    'HOST',
    'PORTAL_URL',
    'SETTINGS_URL',
    'CONSOLE_URL',
    'DATABASE_URL',
    'DATABASE_OWNER_URL',
    'DATABASE_STAFF_URL',
    'MAIL_FROM',
    'SECRET_KEY',
    'TRUSTED_PROXIES',
  ]
  return deciding.every((name) => given[name] === undefined)
}

function databasePlaceOf(
  values: Pick<Values, 'DATA_DIR' | 'DATABASE_URL' | 'DATABASE_OWNER_URL' | 'DATABASE_STAFF_URL'>,
): DatabasePlace {
  const { DATA_DIR, DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, DATABASE_STAFF_URL: staffUrl } = values
  if (!appUrl !== !ownerUrl)
    throw startProblem('configuration', 'DATABASE_URL and DATABASE_OWNER_URL are needed both, or neither.')
  if (staffUrl && !ownerUrl)
    throw startProblem('configuration', 'DATABASE_STAFF_URL needs DATABASE_URL and DATABASE_OWNER_URL beside it.')
  const database = appUrl && ownerUrl && { appUrl, ownerUrl, ...(staffUrl && { staffUrl }) }
  return { dataDir: dataFolderOf(DATA_DIR), ...(database && { database }) }
}

function secretKeysOf(
  { SECRET_KEY: keys, DATA_DIR }: Pick<Values, 'SECRET_KEY' | 'DATA_DIR'>,
  demo: boolean,
): Buffer[] {
  return keys ?? (demo ? [demoKey(dataFolderOf(DATA_DIR))] : [])
}

function demoProblem({ host, portalUrl, settingsUrl, consoleUrl }: Config): string | undefined {
  if (!isLocal(host))
    return `HOST: a demo listens on this machine alone, not on ${host}. Its passwords are published; configure the product or set HOST=127.0.0.1.`
  if (!isLocal(portalUrl.hostname))
    return `PORTAL_URL: a demo cannot be reached as ${portalUrl.hostname}. Set DEMO=off and configure the product.`
  if (!isLocal(settingsUrl.hostname))
    return `SETTINGS_URL: a demo cannot be reached as ${settingsUrl.hostname}. Set DEMO=off and configure the product.`
  if (consoleUrl && !isLocal(consoleUrl.hostname))
    return `CONSOLE_URL: a demo cannot be reached as ${consoleUrl.hostname}. Set DEMO=off and configure the product.`
  return undefined
}

function productionProblem(config: Config, given: Values): string | undefined {
  const { portalUrl, settingsUrl, consoleUrl, secretKeys, database } = config
  if (!given.PORTAL_URL || portalUrl.protocol !== 'https:')
    return 'PORTAL_URL: outside a demo the address customers use is needed, and it begins with https.'
  if (!given.SETTINGS_URL || settingsUrl.protocol !== 'https:')
    return 'SETTINGS_URL: outside a demo the address of the settings site is needed, and it begins with https.'
  if (portalUrl.hostname === settingsUrl.hostname)
    return 'SETTINGS_URL: the two sites need different host names, because browsers share cookies between ports.'
  if (consoleUrl && consoleUrl.protocol !== 'https:') return 'CONSOLE_URL: outside a demo it begins with https.'
  if (consoleUrl && [portalUrl.hostname, settingsUrl.hostname].includes(consoleUrl.hostname))
    return 'CONSOLE_URL: the console needs a host name of its own, because browsers share cookies between ports.'
  if (consoleUrl && database && !database.staffUrl)
    return 'DATABASE_STAFF_URL: the console of CONSOLE_URL works as the user portal_staff; set it, or leave CONSOLE_URL out.'
  if (secretKeys.length === 0) return 'SECRET_KEY: outside a demo it is needed: 32 random bytes in Base64.'
  return undefined
}
