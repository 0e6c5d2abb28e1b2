import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { expectAsRulesSay, openSubjectWorld, type SubjectRow, subjectTime } from '#test/subject-world.ts'
import { after as later, minutes } from '#platform/time/duration.ts'
import { makerOf } from '#test/make.ts'
import { findRequest } from './find.ts'
import { requestList } from './list.ts'
import { type RequestState, requestStates } from './request.ts'

interface RequestRow extends SubjectRow {
  code: string
  kind: RequestState
  askedAt: Date
  updatedAt: Date
}

const world = await openSubjectWorld()
after(() => world[Symbol.asyncDispose]())

test('whoever sees what a request is about sees the request, in list and page, whoever has asked; and nobody else', async () => {
  const rows: RequestRow[] = []
  for (let at = 0; at < 27; at++) rows.push(await insertRequest(at))
  await expectAsRulesSay(world, {
    rows,
    choices: fc.record({ state: fc.option(fc.constantFrom(...requestStates), { nil: undefined }) }),
    isChosen: ({ kind }, { state }) => state === undefined || kind === state,
    sortedBy: {
      asked: ({ askedAt, code }) => [askedAt.getTime(), code],
      updated: ({ updatedAt, code }) => [updatedAt.getTime(), code],
    },
    list: (ctx, { filter: { terms, ...of }, ...asked }, chosen) =>
      requestList.read(ctx, { ...asked, terms, of, chosen }),
    find: findRequest,
    // A contract has no list of its own of them: of all that are seen those that are about it.
    async listOf(ctx, contractId) {
      const sorting = { by: 'asked' as const, descending: true }
      const place = { size: 100, page: 1, from: 'start' as const }
      const { rows: seen } = await requestList.read(ctx, { of: {}, terms: [], chosen: {}, sorting, place })
      const ofContract = new Set(rows.filter(({ contract }) => contract?.id === contractId).map(({ id }) => id))
      return seen
        .map(({ row }) => row)
        .filter(({ id }) => ofContract.has(id))
        .slice(0, 10)
    },
    newest: ({ askedAt, code }) => [askedAt.getTime(), code],
  })
})

/** Codes, moments and states that come in another order each, some of them the same. */
async function insertRequest(at: number): Promise<RequestRow> {
  const about = world.abouts[at % world.abouts.length] ?? assert.fail('something to ask for')
  const asker = await makerOf(world.database).user({ customerId: about.customerId, name: `申請者${at}` })
  const code = `CODE-${(at * 7) % 27}`
  const title = at % 4 === 0 ? 'みなと支店の増設' : '新設'
  const kind = requestStates[at % requestStates.length] ?? 'sent'
  const askedAt = later(subjectTime, -((at % 5) + 10) * minutes)
  const updatedAt = later(subjectTime, -(at % 4) * minutes)
  const orderId = kind === 'accepted' ? await insertOrder(about, at) : null
  const request = {
    customer_id: about.customerId,
    contract_id: about.contract?.id ?? null,
    service_id: about.serviceId,
    kind: about.contract ? 'change' : 'new',
    code,
    title_ja: title,
    title_en: 'A request',
    form: '{}',
    answers: '{}',
    state: kind,
    reason: kind === 'returned' || kind === 'rejected' ? '理由' : null,
    order_id: orderId,
    asked_by: asker.id,
    asked_by_name: asker.name,
    asked_at: askedAt,
    updated_at: updatedAt,
  }
  const { id } = await world.database.operator.transaction((tx) =>
    tx.insertInto('order_request').values(request).returning('id').executeTakeFirstOrThrow(),
  )
  const text = [code, title, 'A request', about.contract?.number, asker.name].join('\n')
  return { ...about, id, code, text, kind, askedAt, updatedAt, isThere: true, isListed: true }
}

/** What became of a request. */
async function insertOrder(
  { customerId, serviceId }: { customerId: string; serviceId: string },
  at: number,
): Promise<string> {
  const order = { customer_id: customerId, service_id: serviceId, code: `O-${at}`, title_ja: '', title_en: '' }
  const times = { state: 'received', ordered_on: '2026-11-01', updated_at: subjectTime } as const
  const { id } = await world.database.operator.transaction((tx) =>
    tx
      .insertInto('contract_order')
      .values({ ...order, ...times })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  return id
}
