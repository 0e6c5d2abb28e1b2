import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readConfig, readDatabasePlace, readDatabaseUrls, readSecretKeys } from './config.ts'
import { isStartProblem } from '#platform/start-problem.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-config-'))
after(() => rmSync(dataDir, { recursive: true, force: true }))

const key = Buffer.alloc(32, 1).toString('base64')
const production = {
  PORTAL_URL: 'https://portal.example.jp',
  SETTINGS_URL: 'https://settings.example.jp',
  SECRET_KEY: key,
}

test('with nothing configured a demo starts, with a key of its own that it keeps', () => {
  const config = readConfig({ DATA_DIR: dataDir })
  assert.equal(config.demo, true)
  assert.equal(config.host, '127.0.0.1')
  assert.deepEqual(config.trustedProxies, [])
  assert.equal(config.portalUrl.href, 'http://localhost:3000/')
  assert.ok((config.secretKeys[0]?.length ?? 0) >= 32)
  assert.deepEqual(readConfig({ DATA_DIR: dataDir }).secretKeys, config.secretKeys)
  const file = join(dataDir, 'demo-secret-key')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.equal(readFileSync(file, 'utf8'), config.secretKeys[0]?.toString('base64'))
})

test('where a demo lies, listens and sends its mails does not make it a product', () => {
  const config = readConfig({ DATA_DIR: dataDir, PORT: '4000', SMTP_URL: 'smtp://localhost:2525', LOG_LEVEL: 'warn' })
  assert.equal(config.demo, true)
  assert.equal(config.portalUrl.href, 'http://localhost:4000/')
})

test('a product is read from its settings', () => {
  const config = readConfig({
    ...production,
    HOST: '0.0.0.0',
    DATABASE_URL: 'postgres://app@db/portal',
    DATABASE_OWNER_URL: 'postgres://owner@db/portal',
    TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.7,2001:db8::/32',
    SECRET_KEY: `${key}, ${Buffer.alloc(48, 2).toString('base64')}`,
  })
  assert.equal(config.demo, false)
  assert.deepEqual(config.database, { appUrl: 'postgres://app@db/portal', ownerUrl: 'postgres://owner@db/portal' })
  assert.deepEqual(
    config.secretKeys.map(({ length }) => length),
    [32, 48],
  )
  assert.deepEqual(
    config.trustedProxies.map(([network, bits]) => `${network.toString()}/${bits}`),
    ['10.0.0.0/8', '192.0.2.7/32', '2001:db8::/32'],
  )
  assert.equal(config.mailFrom, 'no-reply@portal.example.jp')
})

test('a product may be set up on one machine without its own database, and an empty value is no value', () => {
  const config = readConfig({ ...production, DATABASE_URL: '', TRUSTED_PROXIES: '', DEMO: '' })
  assert.equal(config.database, undefined)
  assert.equal(config.demo, false)
})

const settingsThatDecide = {
  HOST: '127.0.0.1',
  PORTAL_URL: 'https://portal.example.jp',
  SETTINGS_URL: 'https://settings.example.jp',
  MAIL_FROM: 'portal@example.jp',
  SECRET_KEY: key,
  TRUSTED_PROXIES: '10.0.0.1',
}
for (const [name, value] of Object.entries(settingsThatDecide)) {
  test(`whoever sets ${name} gets no demo by accident`, () => {
    assert.throws(() => readConfig({ [name]: value, DATA_DIR: dataDir }), isStartProblem)
  })
}

const refused: { why: string; given: Record<string, string>; names: string }[] = [
  { why: 'a demo that others could reach', given: { DEMO: 'on', HOST: '0.0.0.0' }, names: 'HOST' },
  { why: 'a demo in a network', given: { DEMO: 'on', HOST: '192.168.1.5' }, names: 'HOST' },
  {
    why: 'a demo with a public address',
    given: { DEMO: 'on', PORTAL_URL: 'http://demo.example.jp' },
    names: 'PORTAL_URL',
  },
  { why: 'a product without an address', given: { DEMO: 'off' }, names: 'PORTAL_URL' },
  {
    why: 'a product without encryption',
    given: { ...production, PORTAL_URL: 'http://portal.example.jp' },
    names: 'PORTAL_URL',
  },
  { why: 'a product without a settings site', given: { ...production, SETTINGS_URL: '' }, names: 'SETTINGS_URL' },
  {
    why: 'a settings site without encryption',
    given: { ...production, SETTINGS_URL: 'http://s.example.jp' },
    names: 'SETTINGS_URL',
  },
  {
    why: 'two sites that share their cookies',
    given: { ...production, SETTINGS_URL: 'https://portal.example.jp:8443' },
    names: 'SETTINGS_URL',
  },
  { why: 'a product without a key', given: { ...production, SECRET_KEY: '' }, names: 'SECRET_KEY' },
  { why: 'a short key', given: { ...production, SECRET_KEY: 'c2hvcnQ=' }, names: 'SECRET_KEY' },
  { why: 'a short second key', given: { ...production, SECRET_KEY: `${key},c2hvcnQ=` }, names: 'SECRET_KEY' },
  { why: 'a key that ends in a comma', given: { ...production, SECRET_KEY: `${key},` }, names: 'SECRET_KEY' },
  {
    why: 'half a database',
    given: { ...production, DATABASE_URL: 'postgres://app@db/portal' },
    names: 'DATABASE_OWNER_URL',
  },
  {
    why: 'another kind of database',
    given: { ...production, DATABASE_URL: 'mysql://app@db/portal' },
    names: 'DATABASE_URL',
  },
  { why: 'a port that is no number', given: { PORT: 'http' }, names: 'PORT: must be a whole number' },
  { why: 'a port that is too high', given: { PORT: '65536' }, names: 'PORT' },
  { why: 'a port below none', given: { SETTINGS_PORT: '-1' }, names: 'SETTINGS_PORT' },
  { why: 'an address that is none', given: { ...production, PORTAL_URL: 'portal.example.jp' }, names: 'PORTAL_URL' },
  {
    why: 'an address for another program',
    given: { ...production, PORTAL_URL: 'javascript:alert(1)' },
    names: 'PORTAL_URL',
  },
  ...['/portal', '/?lang=en', '/?', '/#top'].map((rest) => ({
    why: `an address that goes on with ${rest}`,
    given: { ...production, PORTAL_URL: `https://portal.example.jp${rest}` },
    names: 'PORTAL_URL',
  })),
  {
    why: 'an address with a user',
    given: { ...production, SETTINGS_URL: 'https://me:secret@settings.example.jp' },
    names: 'SETTINGS_URL',
  },
  { why: 'a mail server with a fragment', given: { SMTP_URL: 'smtp://u:a#b@mail.example.jp' }, names: 'SMTP_URL' },
  {
    why: 'a mail server with a setting of its own',
    given: { SMTP_URL: 'smtp://m.example.jp/?tls=1' },
    names: 'SMTP_URL',
  },
  {
    why: 'a mail server whose password is written wrongly',
    given: { SMTP_URL: 'smtp://u:50%@mail.example.jp' },
    names: 'SMTP_URL: has a % that',
  },
  { why: 'a file for the data', given: { DATA_DIR: import.meta.filename }, names: 'DATA_DIR' },
  { why: 'a file above the data', given: { DATA_DIR: join(import.meta.filename, 'a', 'b') }, names: 'DATA_DIR' },
  { why: 'a mail server of another kind', given: { SMTP_URL: 'http://mail.example.jp' }, names: 'SMTP_URL' },
  { why: 'a sender that is no address', given: { ...production, MAIL_FROM: 'portal' }, names: 'MAIL_FROM' },
  {
    why: 'a sender with a header behind it',
    given: { ...production, MAIL_FROM: 'a@example.jp\r\nBcc: b@example.jp' },
    names: 'MAIL_FROM',
  },
  { why: 'half a demo', given: { DEMO: 'yes' }, names: 'DEMO' },
  { why: 'an unknown level of the log', given: { LOG_LEVEL: 'loud' }, names: 'LOG_LEVEL' },
]
for (const { why, given, names } of refused) {
  test(`${why} is refused in one line that names ${names}`, () => {
    const problem = problemOf(given)
    assert.match(problem, new RegExp(`\\b${names}\\b`))
    assert.doesNotMatch(problem, /[\r\n]|undefined|\[object/)
  })
}

for (const everybody of [
  '*',
  '0.0.0.0/0',
  '::/0',
  '10.0.0.1, 0.0.0.0/0',
  '0.0.0.0/00',
  '1.2.3.4/0',
  'all',
  '10.0.0.0/33',
  '10.0.0',
  'proxy',
])
  test(`"${everybody}" is refused as a list of trusted proxies`, () => {
    assert.match(problemOf({ ...production, TRUSTED_PROXIES: everybody }), /^TRUSTED_PROXIES: /)
  })

test('a command reads what it needs, whatever else is missing or wrong', () => {
  const urls = { DATABASE_URL: 'postgres://app@db/portal', DATABASE_OWNER_URL: 'postgres://owner@db/portal' }
  const given = { ...urls, DATA_DIR: dataDir, PORTAL_URL: 'nonsense', LOG_LEVEL: 'loud' }
  assert.deepEqual(readDatabaseUrls(given), { appUrl: urls.DATABASE_URL, ownerUrl: urls.DATABASE_OWNER_URL })
  assert.deepEqual(readDatabasePlace({ DATA_DIR: dataDir, SECRET_KEY: 'short' }), { dataDir })
  assert.throws(() => readDatabaseUrls({ DATA_DIR: dataDir }), isStartProblem)
  assert.deepEqual(readSecretKeys(given), [])
  assert.deepEqual(readSecretKeys({ ...given, SECRET_KEY: key }), [Buffer.alloc(32, 1)])
  assert.deepEqual(readSecretKeys({ DATA_DIR: dataDir }), readConfig({ DATA_DIR: dataDir }).secretKeys)
})

test('no refusal shows the key', () => {
  const secret = Buffer.alloc(20, 9).toString('base64')
  assert.ok(!problemOf({ ...production, SECRET_KEY: secret }).includes(secret))
})

function problemOf(given: Record<string, string>): string {
  try {
    readConfig({ DATA_DIR: dataDir, ...given })
  } catch (error) {
    assert.ok(isStartProblem(error), String(error))
    return error.message
  }
  throw new Error('It was accepted')
}
