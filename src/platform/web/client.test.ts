import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { addressOf, browserOf } from './client.ts'

const trusted = ['10.0.0.0/8', '2001:db8:1::/48'].map((range) => ipaddr.parseCIDR(range))
const none: typeof trusted = []
/** No client has an address of 0.0.0.0/8. */
const real = fc.ipV4().filter((address) => !address.startsWith('0.'))

test('whatever a peer says, without trusted proxies it is itself', () => {
  fc.assert(
    fc.property(real, fc.option(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), { nil: undefined }), (peer, said) => {
      assert.equal(addressOf(peer, said, none), peer)
    }),
  )
})

test('a peer that is no proxy of ours is not believed', () => {
  for (const said of ['10.0.0.1', '192.0.2.9', '127.0.0.1, 10.0.0.1', '::1', '0'])
    assert.equal(addressOf('198.51.100.1', said, trusted), '198.51.100.1')
})

const walks: { said: string; client: string; why: string }[] = [
  { said: '192.0.2.9', client: '192.0.2.9', why: 'the proxy speaks for one client' },
  { said: '203.0.113.5, 192.0.2.9', client: '192.0.2.9', why: 'the client put an address before its own' },
  { said: '192.0.2.9, 203.0.113.5', client: '203.0.113.5', why: 'it does not matter which of the two is listed' },
  { said: '10.0.0.9, 192.0.2.9', client: '192.0.2.9', why: 'the client claims to be a proxy' },
  { said: '127.0.0.1, 192.0.2.9', client: '192.0.2.9', why: 'the client claims to be this machine' },
  { said: '192.0.2.9, 10.1.1.1, 10.2.2.2', client: '192.0.2.9', why: 'a chain of our own proxies' },
  { said: '192.0.2.9 ,10.1.1.1', client: '192.0.2.9', why: 'spaces make no difference' },
  { said: '192.0.2.9,,10.1.1.1,', client: '192.0.2.9', why: 'empty places make no difference' },
  { said: '192.0.2.9, unknown', client: '0.0.0.0', why: 'what cannot be read is nobody' },
  { said: '192.0.2.9, 203.0.113.5:443', client: '0.0.0.0', why: 'a port cannot be read' },
  { said: '192.0.2.9, 0x0a.1', client: '0.0.0.0', why: 'hexadecimal cannot be read' },
  { said: '192.0.2.9, 010.1.1.1', client: '0.0.0.0', why: 'octal cannot be read' },
  { said: '192.0.2.9, 10.1', client: '0.0.0.0', why: 'a short form cannot be read' },
  { said: '192.0.2.9, 0', client: '0.0.0.0', why: 'a number cannot be read' },
  { said: 'for=192.0.2.9', client: '0.0.0.0', why: 'another header’s form cannot be read' },
  { said: 'unknown, 10.1.1.1', client: '0.0.0.0', why: 'nor is it the next proxy that said it' },
  { said: '192.0.2.9, 0.0.0.0', client: '0.0.0.0', why: 'nobody claims to be nobody' },
  { said: '192.0.2.9, ::', client: '0.0.0.0', why: 'in IPv6 neither' },
  { said: '192.0.2.9, 0.1.2.3', client: '0.0.0.0', why: 'no client is in that network' },
  { said: '192.0.2.9, ::ffff:10.1.1.1', client: '192.0.2.9', why: 'a proxy in its IPv6 form' },
  { said: '::ffff:192.0.2.9', client: '192.0.2.9', why: 'a client in its IPv6 form' },
  { said: '192.0.2.9, 2001:db8:1::7', client: '192.0.2.9', why: 'a proxy of IPv6' },
  { said: '2001:db8:2::7', client: '2001:db8:2::7', why: 'a client of IPv6 beside our network' },
  { said: '10.1.1.1, 10.2.2.2', client: '10.1.1.1', why: 'a client within our own network' },
]
for (const { said, client, why } of walks)
  test(`behind a proxy, "${said}" is ${client}: ${why}`, () => {
    assert.equal(addressOf('10.0.0.1', said, trusted), client)
  })

test('behind a proxy that says nothing it is the proxy', () => {
  assert.equal(addressOf('10.0.0.1', undefined, trusted), '10.0.0.1')
  assert.equal(addressOf('::ffff:10.0.0.1', '', trusted), '10.0.0.1')
})

test('nobody is no proxy of ours, whatever networks are trusted', () => {
  const all = ['0.0.0.0/1', '::/1'].map((range) => ipaddr.parseCIDR(range))
  assert.equal(addressOf('', '192.0.2.9', all), '0.0.0.0')
  assert.equal(addressOf('10.0.0.1', '192.0.2.9, unknown', all), '0.0.0.0')
})

test('a link-local peer is written without its zone, and a peer that has gone as nobody', () => {
  assert.equal(addressOf('fe80::1%eth0', undefined, none), 'fe80::1')
  assert.equal(addressOf('', '192.0.2.9', trusted), '0.0.0.0')
})

test('only ever an address that was given comes out, or nobody’s', () => {
  const part = fc.oneof(fc.ipV4(), fc.string(), fc.constant('10.1.1.1'), fc.constant('unknown'))
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const said = parts.join(',')
      const client = addressOf('10.0.0.1', said, trusted)
      assert.ok(ipaddr.isValid(client))
      assert.ok(['10.0.0.1', '0.0.0.0'].includes(client) || said.includes(client.split(':')[0] ?? ''))
    }),
  )
})

const agents: [name: string, agent: string][] = [
  [
    'Chrome 153 (Windows)',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36',
  ],
  [
    'Edge 153 (Windows)',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36 Edg/153.0.0.0',
  ],
  ['Firefox 140 (Linux)', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  [
    'Safari 18 (macOS)',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  ],
  [
    'Safari 18 (iPhone)',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  ],
  [
    'Chrome 153 (Android)',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Mobile Safari/537.36',
  ],
  ['', ''],
  ['', 'curl/8.5.0'],
]
for (const [name, agent] of agents)
  test(`people read 「${name}」 for ${agent || 'no name at all'}`, () => {
    assert.equal(browserOf(agent), name)
  })

test('of what a browser says of itself the first 512 characters are read', () => {
  const named = 'Firefox/140 Linux'
  const padded = (length: number): string => named.padStart(length, 'x')
  assert.equal(browserOf(padded(512)), 'Firefox 140 (Linux)')
  assert.equal(browserOf(padded(513)), 'Firefox 140')
  assert.equal(browserOf(padded(1000)), '')
})

test('a browser cannot fill our tables with its name, nor put markup into them', () => {
  assert.ok(browserOf(`Chrome/${'9'.repeat(10_000)} Windows`).length < 40)
  assert.doesNotMatch(browserOf('Chrome/1<script> Windows"onload='), /[<"=]/)
})
