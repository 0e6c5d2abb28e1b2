import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { runs } from '#test/many-runs.ts'
import { importFormat } from './import-format.ts'
import { findSyntaxFault, linesOf } from './inner/json-places.ts'
import { FaultyFile, readJsonFile } from './json-file.ts'

let written: string
before(async () => {
  written = join(await mkdtemp(join(tmpdir(), 'madoguchi-json-')), 'file.json')
})
after(() => rm(join(written, '..'), { recursive: true, force: true }))

test('each faulty value is named with its line', async () => {
  assert.deepEqual(
    await faultsOf(`{
  "customers": [
    { "code": "acme", "name": "Acme",
      "contracts": [
        { "number": "N1", "service": "phone", "opensOn": "2026-02-30" },
        { "number": "N2" },
        {
          "number": 3,
          "service": "phone", "suspended": "no"
        }
      ] }
  ]
}`),
    [
      ':5: customers[0].contracts[0].opensOn must be a day such as 2026-12-06',
      ':6: customers[0].contracts[1].service is missing',
      ':8: customers[0].contracts[2].number must be a text',
      ':9: customers[0].contracts[2].suspended must be true or false',
    ],
  )
})

for (const key of ['password', 'passwordHash', 'totpSecret', 'recoveryCodes', 'credentials']) {
  test(`an import file has no place for a ${key}`, async () => {
    const user = `{ "mail": "a@example.com", "name": "A", "phone": "03-0000-0000", "role": "general-user",\n"${key}": "x" }`
    assert.deepEqual(await faultsOf(`{ "customers": [{ "code": "c", "name": "C", "users": [\n${user}] }] }`), [
      `:3: customers[0].users[0].${key} is not known here`,
    ])
  })
}

test('times need an offset, addresses a protocol that is safe', async () => {
  const customer = {
    code: 'c',
    name: 'C',
    incidents: [
      {
        code: 'F',
        contract: 'N',
        kind: 'fault',
        title: { ja: 'あ', en: 'A' },
        startsAt: '2026-12-06T01:00:00',
        updatedAt: '2026-12-06T01:00:00Z',
      },
    ],
  }
  assert.match(
    String(await faultsOf(JSON.stringify({ customers: [customer] }))),
    /startsAt must be a time with its offset/,
  )
  const operator = {
    name: { ja: 'あ', en: 'A' },
    slogan: { ja: 'あ', en: 'A' },
    contractNumberPattern: '.',
    links: [{ ja: 'あ', en: 'A', url: 'javascript:alert(1)' }],
  }
  assert.match(
    String(await faultsOf(JSON.stringify({ operator }))),
    /links\[0\]\.url must be an address that begins with http/,
  )
})

for (const url of ['http://www.example.com/', 'javascript:alert(1)', 'https://', 'https://www.example.com/a b'])
  test(`a manual cannot lie at ${url}`, async () => {
    const manual = { code: 'M', title: { ja: 'あ', en: 'A' }, url, updatedOn: '2026-11-01' }
    assert.deepEqual(await faultsOf(JSON.stringify({ manuals: [manual] })), [
      ':1: manuals[0].url must be an address that begins with https://',
    ])
  })

test('what ends or changes does so after it began', async () => {
  const title = { ja: 'あ', en: 'A' }
  const [early, late] = ['2026-11-22T10:00:00+09:00', '2026-11-22T02:00:00Z']
  const notice = { code: 'N', kind: 'works', title, body: title, publishedAt: late, endsAt: early }
  const about = { code: 'X', service: 'phone', title }
  const order = { ...about, state: 'ready', orderedOn: '2026-11-22', deliveryOn: '2026-11-21', updatedAt: late }
  const ticket = { ...about, kind: 'fault', state: 'open', openedAt: late, updatedAt: early }
  const customers = [{ code: 'c', name: 'C', orders: [order], tickets: [ticket] }]
  assert.deepEqual(await faultsOf(JSON.stringify({ notices: [notice], customers })), [
    ':1: notices[0].endsAt must be after "publishedAt"',
    ':1: customers[0].orders[0].deliveryOn must not be before "orderedOn"',
    ':1: customers[0].tickets[0].updatedAt must not be before "openedAt"',
  ])
})

test('what PostgreSQL could not keep is refused', async () => {
  assert.match(
    String(await faultsOf(String.raw`{ "customers": [{ "code": "c", "name": "a\u0000b" }] }`)),
    /control characters/,
  )
  assert.match(
    String(await faultsOf(String.raw`{ "customers": [{ "code": "c", "name": "a\ud800b" }] }`)),
    /control characters/,
  )
  assert.match(String(await faultsOf(JSON.stringify({ customers: [{ code: 'c', name: ' ' }] }))), /must not be empty/)
})

test('text that is not JSON is named with its line', async () => {
  assert.deepEqual(await faultsOf('{\n "operator": x\n}'), [':2: is not JSON: "x" does not belong here'])
  assert.deepEqual(await faultsOf('{\n "customers": [],\n}'), [':3: is not JSON: "}" does not belong here'])
  assert.deepEqual(await faultsOf('{\n "customers": [\n'), [':3: is not JSON: ends too early'])
  assert.deepEqual(await faultsOf('{}\n{}'), [':2: is not JSON: "{}" does not belong here'])
})

test('a key that stands twice hides nothing: each is named with its line', async () => {
  const text = `{
  "customers": [
    {
      "code": "C-0009", "name": "二重商会",
      "sites": [{ "code": "tokyo", "name": "東京本社" }],
      "sites": [],
      "groups": [{ "name": "A", "rights": { "services": { "pbx": "edit", "pb\\u0078": "view",
        "pbx": "view" } } }]
    }
  ],
  "operator": {}, "operator": {}
}`
  assert.deepEqual(await faultsOf(text), [
    ':6: customers[0].sites stands here for the second time',
    ':8: customers[0].groups[0].rights.services.pbx stands here for the second time',
    ':11: operator stands here for the second time',
  ])
})

test('a file that is missing, a folder, or in another encoding, is named', async () => {
  await assert.rejects(
    readJsonFile('/nowhere/file.json', importFormat),
    /^Error: \/nowhere\/file\.json: there is no such file$/,
  )
  await assert.rejects(readJsonFile('/', importFormat), /^Error: \/: is a folder: name the files in it$/)
  await writeFile(written, Buffer.from([0x7b, 0x22, 0x93, 0xfa, 0x22, 0x7d]))
  await assert.rejects(readJsonFile(written, importFormat), /is not UTF-8$/)
})

test('only the first twenty of many faults are told', async () => {
  const customers = Array.from({ length: 30 }, () => ({ code: 'c' }))
  const faults = await faultsOf(JSON.stringify({ customers }))
  assert.deepEqual([faults.length, faults.at(-1)], [21, ': and 10 more faults'])
})

test('every value is found on the line where it is written', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'grapheme' }), (json) => {
      const value: unknown = JSON.parse(json)
      const text = JSON.stringify(value, null, 1)
      assert.equal(findSyntaxFault(text), undefined)
      const places = placesOf(value)
      const lines = text.split('\n')
      for (const [index, line] of linesOf(
        text,
        places.map((place) => place.path),
      ).entries()) {
        const shown = JSON.stringify(places[index]?.value, null, 1).split('\n')[0] ?? ''
        assert(lines[line - 1]?.includes(shown))
      }
    }),
  )
})

test('what JSON.parse refuses has a place', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', '}', ']', ',', ':', '"', 'x', '01'), (json, place, change) => {
      const at = place % json.length
      const text = json.slice(0, at) + change + json.slice(at + 1)
      assert.equal(findSyntaxFault(text) === undefined, isJson(text), text)
    }),
    { numRuns: runs({ usual: 2_000, many: 200_000 }) },
  )
})

async function faultsOf(text: string): Promise<string[]> {
  await writeFile(written, text)
  const error = await readJsonFile(written, importFormat).catch((thrown: unknown) => thrown)
  assert(error instanceof FaultyFile)
  return error.faults.map((fault) => fault.replace(written, ''))
}

interface Place {
  path: PropertyKey[]
  value: unknown
}

function placesOf(value: unknown, path: PropertyKey[] = []): Place[] {
  const inner: Place[] = []
  if (Array.isArray(value)) inner.push(...value.flatMap((item: unknown, index) => placesOf(item, [...path, index])))
  else if (typeof value === 'object' && value)
    inner.push(...Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, key])))
  return [{ path, value }, ...inner]
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
