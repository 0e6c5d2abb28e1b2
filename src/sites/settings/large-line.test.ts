import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { writeSettings } from '#test/line-settings.ts'
import { makerOf } from '#test/make.ts'
import { type BothSites, makeSignOnWorld, openSettings } from '#test/sign-on.ts'
import { paths } from './paths.ts'

const database = await testDatabase()
const make = makerOf(database)
const { admin, customerId, serviceId, contract, path, userWith, signedIn } = await makeSignOnWorld(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const many = 20_000
let both: BothSites
let small: string
let group: string
let phone: string

const numbersFrom = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, at) => String(first + at))

before(async () => {
  small = await make.contract({ customerId, serviceId })
  const client = await admin.connect()
  for (const [contractId, count] of [
    [contract, many],
    [small, 20],
  ] as const) {
    const extensions = numbersFrom(20_001, count).map((number) => ({ number }))
    const groups = numbersFrom(50_001, Math.min(200, count)).map((number, at) => ({
      number,
      kind: 'sequential' as const,
      members: extensions.slice(at % 10, (at % 10) + 10).map((extension) => ({ extension: extension.number })),
    }))
    const numbers = numbersFrom(0, Math.min(500, count)).map((at) => ({
      number: `05${count % 10}${count === many ? 1 : 2}${at.padStart(7, '0')}`,
      target: groups[Number(at) % groups.length]?.number ?? null,
    }))
    await writeSettings(client, { customerId, contractId }, { extensions, groups, numbers })
  }
  await client.query(
    'vacuum analyze pbx.extension, pbx.inside_number, pbx.external_number, pbx.call_group, pbx.call_group_member',
  )
  client.release()
  const { rows } = await admin.query<{ id: string }>(
    `select id from pbx.inside_number where contract_id = $1 and kind = 'group' limit 1`,
    [contract],
  )
  group = rows[0]?.id ?? assert.fail()
  const { rows: extensions } = await admin.query<{ id: string }>(
    `select id from pbx.inside_number where contract_id = $1 and kind = 'extension' limit 1`,
    [contract],
  )
  phone = extensions[0]?.id ?? assert.fail()
  const user = await userWith('edit')
  await make.group({ customerId, rights: [{ contractId: small, level: 'edit' }], members: [user.id] })
  both = await signedIn(user)
  await openSettings(both, path)
})

test('the editor of a group weighs the same however many extensions there are', async () => {
  const { body } = await both.settings.get(paths.callGroup({ contract, id: group }))
  assert(Buffer.byteLength(body) <= 150_000, `${Buffer.byteLength(body)} bytes`)
  const nodes = body.match(/<[a-z]/g)?.length ?? 0
  assert(nodes <= 3000, `${nodes} elements`)
})

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Plans?: PlanNode[]
}

/** Scans of extensions that are not looked up by their number: of every one of the line, or of those that an index holds. */
function scansIn(node: PlanNode): string[] {
  const { 'Relation Name': relation, 'Index Name': index = 'no index', 'Index Cond': condition = '' } = node
  const isWhole =
    (relation === 'extension' || relation === 'inside_number') && !/\b(number|id|caller_number) =/.test(condition)
  return [...(isWhole ? [`${relation} by ${index}`] : []), ...(node.Plans ?? []).flatMap(scansIn)]
}

test('no page goes through all extensions of a line, whatever it asks', async () => {
  const { rows } = await admin.query<{ id: string }>(
    'select id from pbx.external_number where contract_id = $1 limit 1',
    [contract],
  )
  const number = { contract, id: rows[0]?.id ?? '' }
  const pages = [
    `${paths.extensions({ contract })}?size=100`,
    paths.numbers({ contract }),
    paths.number(number),
    paths.calendars({ contract }),
    paths.callGroups({ contract }),
    paths.absence({ contract, id: phone }),
    paths.absences({ contract }),
    paths.callGroup({ contract, id: group }),
    `${paths.simulation({ contract })}?called=50001&busy=20002`,
    paths.top({ contract }),
  ]
  database.statements.length = 0
  for (const page of pages) assert.equal((await both.settings.get(page)).status, 200)
  const asked = [...new Set(database.statements)].filter((text) => text.includes('pbx.') && !text.includes('door.'))
  assert(asked.length > 10)
  const client = await admin.connect()
  // As who asks, and planned as what is kept: whatever it is asked with.
  await client.query('set role portal_app')
  const scans = new Set<string>()
  for (const text of asked) {
    const plan = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      `explain (generic_plan, format json) ${text}`,
    )
    for (const scan of plan.rows[0]?.['QUERY PLAN'].flatMap(({ Plan }) => scansIn(Plan)) ?? [])
      scans.add(`${scan}: ${text.trim().slice(0, 80)}`)
  }
  await client.query('reset role')
  client.release()
  // A page of the list ends where it is full; few extensions are disabled.
  const wholly = [...scans].filter((scan) => !/^extension by extension_(disabled|search|pkey: with seen)/.test(scan))
  assert.deepEqual(wholly, [])
})

test('a list asks the database as often for twenty thousand as for twenty', async () => {
  for (const page of [paths.extensions, paths.numbers, paths.callGroups, paths.calendars, paths.lineChanges]) {
    const counts = []
    for (const one of [contract, small]) {
      const address = `${page({ contract: one })}?size=100`
      // The second look is that of a known reader.
      await both.settings.get(address)
      database.statements.length = 0
      assert.equal((await both.settings.get(address)).status, 200)
      counts.push(database.statements.length)
    }
    const [large, few] = counts
    assert.equal(large, few, page.pattern)
    // Beside session, contract and line.
    assert((large ?? 0) <= 9, `${page.pattern}: ${large} statements:\n${database.statements.join('\n')}`)
  }
})
