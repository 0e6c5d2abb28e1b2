import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { may } from '#features/rights/may.ts'
import { contractStatuses } from '#features/subjects/contract-status.ts'
import type { Actor, Context } from '#features/actor.ts'
import type { Place } from '#platform/list/paging.ts'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { termsOf } from '#platform/list/keywords.ts'
import { type ContractList, listContracts } from './list.ts'
import type { ContractsAsked } from './page.ts'
import { contractColumns } from './sorting.ts'

const now = new Date('2026-11-22T03:00:00Z')
const perService = 8
const database = await testDatabase()
after(() => database[Symbol.asyncDispose]())
const make = makerOf(database)
const customerId = await make.customer()
const services = [
  await make.service({ name: 'クラウドPBX' }),
  await make.service({ name: 'IP電話' }),
  await make.service(),
]

interface Model {
  id: string
  number: string
  group: string
  service: string
  serviceId: string
  site: string
  memo: string
  status: (typeof contractStatuses)[number]
}

const memos = ['営業部', 'ｶｽﾀﾏｰ窓口', 'かすたまー', '50%_引き', '', '\\n', 'A-1 棟', '総務部']

// Somebody else's, with the same words.
await fill(await make.customer(), 'X')
await fill(customerId, 'N')
const contracts = await database.operator.transaction(async (tx) => {
  const { rows } = await sql<Model>`
    select k.id, number, coalesce(group_number, '') as group, s.name_ja as service, service_id as "serviceId",
      coalesce(t.name, '') as site, memo, status
    from contract k join service s on s.id = service_id left join site t on t.id = site_id
    where k.customer_id = ${customerId} and ended_on is null`.execute(tx)
  return rows
})

/** Eight contracts of each service, with every status, some without a site or group, and one that has ended. */
async function fill(customer: string, letter: string): Promise<void> {
  await database.operator.transaction(async (tx) => {
    await sql`insert into site (customer_id, code, name) values (${customer}, 'o', '大阪支店'), (${customer}, 't', '東京本社')`.execute(
      tx,
    )
    await sql`
      insert into contract (customer_id, number, group_number, service_id, site_id, memo, status, ended_on)
      select ${customer}, ${letter} || lpad((n * 3 + position)::text, 4, '0'), case when n % 3 > 0 then (n % 2)::text end, service,
        (select id from site where customer_id = ${customer} and code = (array['o', 't'])[n % 3]), (${memos}::text[])[1 + n % 8],
        (${[...contractStatuses]}::contract_status[])[1 + (n + position) % 5],
        case when n = ${perService} then date '2026-01-01' end
      from unnest(${services}::uuid[]) with ordinality s (service, position), generate_series(0, ${perService}) n`.execute(
      tx,
    )
  })
}

interface Rules {
  all: boolean
  services: boolean[]
  contracts: number[]
}

async function userWith(rules: Rules): Promise<MadeUser> {
  const user = await make.user({ customerId })
  const rights = [
    ...(rules.all ? [{ level: 'view' as const }] : []),
    ...services.filter((_, i) => rules.services[i]).map((serviceId) => ({ serviceId, level: 'edit' as const })),
    ...[...new Set(rules.contracts)].map((i) => ({ contractId: contracts[i]?.id ?? '', level: 'view' as const })),
  ]
  await make.group({ customerId, rights, members: [user.id] })
  return user
}

function as<T>(user: MadeUser, work: (ctx: Context) => Promise<T>): Promise<T> {
  return asUser(database, { user, now }, (_tx, _actor, ctx) => work(ctx))
}

const start = (size: number): Place => ({ size, page: 1, from: 'start' })

/** From page to page as a reader goes, forwards or backwards. */
async function allPages(ctx: Context, asked: ContractsAsked, isBackwards: boolean): Promise<ContractList['rows']> {
  const rows: ContractList['rows'] = []
  let place: Place = isBackwards ? { ...asked.place, from: 'end' } : asked.place
  for (let page = 1; page < 40; page++) {
    const list = await listContracts(ctx, { ...asked, place })
    if (isBackwards) rows.unshift(...list.rows)
    else rows.push(...list.rows)
    const edge = isBackwards ? list.rows[0] : list.rows.at(-1)
    if (!edge || rows.length >= list.total) return rows
    place = { ...place, page: page + 1, from: isBackwards ? { before: edge.key } : { after: edge.key } }
  }
  return assert.fail('the pages have no end')
}

function modelOf(actor: Actor, { filter, sorting }: ContractsAsked): Model[] {
  const keyOf = (model: Model): (string | number)[] => {
    const first =
      sorting.by === 'status' ? contractStatuses.indexOf(model.status) : sorting.by === 'number' ? 0 : model[sorting.by]
    return [first, model.number]
  }
  return contracts
    .filter((model) => may(actor, 'view', model))
    .filter((model) => !filter.serviceId || model.serviceId === filter.serviceId)
    .filter((model) => !filter.status || model.status === filter.status)
    .filter((model) => filter.terms.every((term) => holds(model, term)))
    .toSorted((one, other) => compare(keyOf(one), keyOf(other)) * (sorting.descending ? -1 : 1))
}

function holds({ number, group, service, site, memo }: Model, term: string): boolean {
  return [number, group, service, site, memo].some((text) => folded(text).includes(folded(term)))
}

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[ぁ-ゖ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60))
    .replaceAll('-', '')
}

function compare(one: (string | number)[], other: (string | number)[]): number {
  for (const [i, part] of one.entries()) {
    const against = other[i] ?? ''
    if (part !== against) return part < against ? -1 : 1
  }
  return 0
}

const asked = fc.record({
  rules: fc.record({
    all: fc.boolean(),
    services: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    contracts: fc.array(fc.nat(perService * 3 - 1), { maxLength: 6 }),
  }),
  keyword: fc.constantFrom(
    '',
    '',
    '営業',
    'カスタマ',
    '大阪 くらうど',
    'N000',
    '0',
    '%',
    '_引',
    '\\',
    'a1',
    'no such',
    '部',
  ),
  status: fc.option(fc.constantFrom(...contractStatuses), { nil: undefined }),
  service: fc.option(fc.nat(2), { nil: undefined }),
  by: fc.constantFrom(...contractColumns),
  descending: fc.boolean(),
  size: fc.constantFrom(3, 10, 100),
  isBackwards: fc.boolean(),
})

test('list, totals and counts are what the rights function says, in every order, filter and page', async () => {
  await fc.assert(
    fc.asyncProperty(asked, async ({ rules, keyword, status, service, by, descending, size, isBackwards }) => {
      await as(await userWith(rules), async (ctx) => {
        const filter = {
          terms: termsOf(keyword),
          status,
          serviceId: service === undefined ? undefined : services[service],
        }
        const given = { filter, sorting: { by, descending }, place: start(size) }
        const wanted = modelOf(ctx.actor, given)
        const rows = await allPages(ctx, given, isBackwards)
        assert.deepEqual(
          rows.map(({ row }) => row.number),
          wanted.map(({ number }) => number),
        )
        const { total, counts, all } = await listContracts(ctx, given)
        assert.equal(total, wanted.length)
        const anyStatus = modelOf(ctx.actor, { ...given, filter: { ...filter, status: undefined } })
        for (const each of contractStatuses)
          assert.equal(counts[each] ?? 0, anyStatus.filter((model) => model.status === each).length)
        assert.equal(all, modelOf(ctx.actor, { ...given, filter: { terms: [], serviceId: filter.serviceId } }).length)
        for (const { row } of rows) assert.equal(row.mayEdit, may(ctx.actor, 'edit', row))
      })
    }),
    { numRuns: runs({ usual: 60, many: 5_000 }) },
  )
})

test('a renamed service or site is found by its new name', async () => {
  const user = await userWith({ all: true, services: [], contracts: [] })
  const find = (keyword: string): Promise<number> =>
    as(user, async (ctx) => {
      const given = {
        filter: { terms: [keyword] },
        sorting: { by: 'status', descending: false } as const,
        place: start(100),
      }
      return (await listContracts(ctx, given)).total
    })
  assert.equal(await find('名古屋'), 0)
  const before = await find('大阪')
  assert(before > 0)
  await database.operator.transaction(async (tx) => {
    await tx
      .updateTable('site')
      .set({ name: '名古屋支店' })
      .where('customer_id', '=', customerId)
      .where('code', '=', 'o')
      .execute()
  })
  assert.equal(await find('名古屋'), before)
  assert.equal(await find('大阪'), 0)
})
