import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { testDatabase } from '#test/database.ts'
import { runs } from '#test/many-runs.ts'
import { superuserOf } from '#test/superuser.ts'
import { entriesText, readEntries, withEntry, withNetworkInLine } from './entries.ts'
import { holds, readNetwork } from './networks.ts'

// Addresses as numbers: a model that shares nothing with the library or the database.

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

interface Address {
  family: 4 | 6
  value: bigint
}
type Block = Address & { length: number }

const widths = { 4: 32, 6: 128 } as const

const v4 = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).map((value): Address => ({ family: 4, value }))
const v6 = fc
  .oneof(
    { weight: 3, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }) },
    // With runs of zeros, which are written in short.
    {
      weight: 2,
      arbitrary: fc
        .array(fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 0xffffn })), { minLength: 8, maxLength: 8 })
        .map((groups) => groups.reduce((sum, group) => (sum << 16n) | group, 0n)),
    },
  )
  .filter((value) => value >> 32n !== 0xffffn)
  .map((value): Address => ({ family: 6, value }))
const address = fc.oneof(v4, v6)
const block = address.chain((from) =>
  fc.integer({ min: 0, max: widths[from.family] }).map((length): Block => ({ ...from, length })),
)

const firstOf = ({ family, value, length }: Block): bigint => {
  const rest = BigInt(widths[family] - length)
  return (value >> rest) << rest
}
const isIn = (one: Address, within: Block): boolean =>
  one.family === within.family && firstOf({ ...one, length: within.length }) === firstOf(within)

const v4Text = (value: bigint): string => [24n, 16n, 8n, 0n].map((by) => (value >> by) & 255n).join('.')
const groupsOf = (value: bigint): string[] =>
  Array.from({ length: 8 }, (_, at) => ((value >> BigInt(112 - 16 * at)) & 0xffffn).toString(16))

/** Each as somebody may write it. */
const textsOf = ({ family, value }: Address): string[] => {
  if (family === 4) {
    const text = v4Text(value)
    return [text, `::ffff:${text}`, `::FFFF:${groupsOf(value).slice(6).join(':')}`, `0:0:0:0:0:ffff:${text}`]
  }
  const groups = groupsOf(value)
  return [
    groups.join(':'),
    groups
      .map((group) => group.padStart(4, '0'))
      .join(':')
      .toUpperCase(),
  ]
}

test('whatever is written for a network, it is read as one, or what was meant is told', () => {
  fc.assert(
    fc.property(block, fc.nat(), fc.boolean(), (given, choice, isAlone) => {
      const texts = textsOf(given)
      const text = texts[choice % texts.length] ?? ''
      const isMapped = given.family === 4 && text.includes(':')
      const length = isAlone ? widths[given.family] : given.length
      const written = isAlone ? text : `${text}/${isMapped ? length + 96 : length}`
      const read = readNetwork(` ${written} `)
      const first = firstOf({ ...given, length })
      if (length === 0) assert.deepEqual(read, { ok: false, problem: 'everything' })
      else if (given.family === 4 && first === 0n) assert.deepEqual(read, { ok: false, problem: 'holds-nobody' })
      else if (first === given.value) {
        assert(read.ok, written)
        expectSame(read.network, { ...given, length })
      } else {
        assert(!read.ok && read.problem === 'host-bits' && read.meant !== undefined, written)
        expectSame(read.meant, { ...given, length })
        assert.deepEqual(readNetwork(read.meant), { ok: true, network: read.meant })
      }
    }),
    { numRuns: runs({ usual: 2000, many: 200_000 }) },
  )
})

function expectSame(network: string, { family, value, length }: Block): void {
  const [text = '', bits] = network.split('/')
  assert.equal(bits, String(length))
  const first = firstOf({ family, value, length })
  if (family === 4) assert.equal(text, v4Text(first))
  else assert.equal(valueOfV6(text), first)
}

function valueOfV6(text: string): bigint {
  const [head = '', tail] = text.split('::')
  const read = (part: string): string[] => part.split(':').filter(Boolean)
  const groups =
    tail === undefined
      ? read(head)
      : [...read(head), ...Array.from({ length: 8 - read(head).length - read(tail).length }, () => '0'), ...read(tail)]
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n)
}

/** An address with a network; half of them in it or next to it. */
const neighbours = block.chain((within) =>
  fc.record({
    within: fc.constant(within),
    // Half of them in it or next to it.
    client: fc.oneof(
      address,
      fc.nat({ max: 3 }).map((by): Address => {
        const size = 1n << BigInt(widths[within.family] - within.length)
        const at =
          [firstOf(within) - 1n, firstOf(within), firstOf(within) + size - 1n, firstOf(within) + size][by] ?? 0n
        const most = (1n << BigInt(widths[within.family])) - 1n
        return { family: within.family, value: at < 0n ? 0n : at > most ? most : at }
      }),
    ),
  }),
)
const lists = fc
  .array(neighbours, { minLength: 1, maxLength: 5 })
  .filter((all) => all.every(({ within }) => readNetwork(blockText(within)).ok))

test('a list holds an address here and in the database exactly when the model says so', async () => {
  await fc.assert(
    fc.asyncProperty(lists, async (all) => {
      const networks = all.map(({ within }) => blockText(within))
      for (const { client } of all) {
        if (client.family === 6 && client.value >> 32n === 0xffffn) continue
        const ip = textsOf(client)[0] ?? ''
        const expected = all.some(({ within }) => isIn(client, within))
        assert.equal(
          networks.some((network) => holds(network, ip)),
          expected,
          `${ip} in ${networks.join()}`,
        )
        const { rows } = await admin.query<{ refused: boolean }>(
          `select address_refuses(jsonb_populate_record(null::address_limit, jsonb_build_object('is_on', true, 'networks', $2::cidr[])),
            true, null, $1::inet, now()) as refused`,
          [ip, networks],
        )
        assert.equal(rows[0]?.refused, !expected, `${ip} in ${networks.join()}`)
      }
    }),
    { numRuns: runs({ usual: 150, many: 10_000 }) },
  )
})

/** Canonically, with its first address. */
function blockText(given: Block): string {
  const read = readNetwork(`${textsOf({ ...given, value: firstOf(given) })[0]}/${given.length}`)
  return read.ok ? read.network : 'none'
}

test('shortened and padded forms are refused with the full form offered; what is no network is none', () => {
  const refused: Record<string, [string, string?]> = {
    '10/8': ['shortened', '10.0.0.0/8'],
    '192.168/16': ['shortened', '192.168.0.0/16'],
    '172.16.1/20': ['shortened', '172.16.0.0/20'],
    '192.000.002.010': ['padded', '192.0.2.10/32'],
    '010.0.0.0/8': ['padded', '10.0.0.0/8'],
    '192.0.02.7/24': ['padded', '192.0.2.0/24'],
    'fe80::1%eth0': ['zone'],
    '0.0.0.0': ['holds-nobody'],
    '0.0.0.0/0': ['everything'],
    '::/0': ['everything'],
    '::ffff:0.0.0.0/96': ['everything'],
    '０.0.0.0／8': ['holds-nobody'],
  }
  for (const [typed, [problem, meant]] of Object.entries(refused))
    assert.deepEqual(readNetwork(typed), { ok: false, problem, ...(meant && { meant }) }, typed)
  const none = ['', 'x', '10', '192.0.2', '256.0.0.1', '1.2.3.4.5', '192.0.2.0/33', '2001:db8::/129', '192.0.2.0/024']
  for (const typed of [
    ...none,
    '192.0.2.0/',
    '192.0.2.0/24/24',
    '0x7f.1',
    '2130706433',
    '1.2.3.4/-1',
    '2001:db8:::1',
    '::ffff:192.0.2/120',
  ])
    assert.deepEqual(readNetwork(typed), { ok: false, problem: 'no-network' }, typed)
  assert.deepEqual(readNetwork('２０３．０．１１３．０／２４'), { ok: true, network: '203.0.113.0/24' })
})

test('a list is read line by line, and its wrong lines are named with what was meant', () => {
  assert.deepEqual(readEntries('203.0.113.0/24 東京本社\r\n\n2001:DB8::/32, 大阪 支店\n192.0.2.10'), {
    ok: true,
    entries: [
      { network: '203.0.113.0/24', description: '東京本社' },
      { network: '2001:db8::/32', description: '大阪 支店' },
      { network: '192.0.2.10/32', description: '' },
    ],
  })
  const typed = `203.0.113.5/24 東京\n\nx\n203.0.113.0/24\n203.0.113.0/24\n192.0.2.0/24 ${'あ'.repeat(101)}`
  assert.deepEqual(readEntries(typed), {
    ok: false,
    problem: 'wrong-lines',
    wrong: [
      { line: 1, typed: '203.0.113.5/24', problem: 'host-bits', meant: '203.0.113.0/24' },
      { line: 3, typed: 'x', problem: 'no-network' },
      { line: 5, typed: '203.0.113.0/24', problem: 'twice' },
      { line: 6, typed: '192.0.2.0/24', problem: 'too-long' },
    ],
  })
  assert.equal(withNetworkInLine(typed, 1, '203.0.113.0/24').split('\n')[0], '203.0.113.0/24 東京')
  assert.equal(withNetworkInLine(typed, 99, '203.0.113.0/24'), typed)
  assert.equal(withEntry('', { network: '192.0.2.1', description: '' }), '192.0.2.1')
  const many = Array.from({ length: 101 }, (_, at) => `192.0.2.${at}`)
  assert.deepEqual(readEntries(many.join('\n')), { ok: false, problem: 'too-many', wrong: [] })
  const most = readEntries(many.slice(1).join('\n'))
  assert(most.ok)
  assert.deepEqual(readEntries(entriesText(most.entries)), most)
})
