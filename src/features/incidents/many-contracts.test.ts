import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { refreshContractStatus } from '#features/contracts/refresh-status.ts'
import type { Rule } from '#features/rights/scope.ts'
import { after as later, hours } from '#platform/time/duration.ts'
import { runs } from '#test/many-runs.ts'
import { openSubjectWorld, subjectTime } from '#test/subject-world.ts'
import type { IncidentEntry } from './entry.ts'
import { findIncident } from './find.ts'
import { incidentList } from './list.ts'
import { putIncidents } from './put.ts'

const world = await openSubjectWorld()
after(() => world[Symbol.asyncDispose]())

const put = (entries: readonly IncidentEntry[], now = subjectTime) =>
  world.database.operator.transaction((tx) =>
    putIncidents({ tx, now, tellsDifferences: true, customer: { id: world.customerId, code: 'x' } }, entries),
  )

const time = subjectTime.toISOString()

function fault(code: string, contracts: readonly string[], more: Partial<IncidentEntry> = {}): IncidentEntry {
  const title = { ja: '故障', en: 'Fault' }
  return { code, contracts, kind: 'fault', title, startsAt: time, updatedAt: time, ...more }
}

const all: Rule = { service: null, contract: null, level: 'view' }
const place = { size: 100, page: 1, from: 'start' as const }
const asked = { terms: [], of: {}, chosen: {}, sorting: { by: 'start' as const, descending: false }, place }

const anyFaults = fc.array(fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }), { minLength: 1, maxLength: 4 })
const anyRules = fc.array(fc.record({ contract: fc.integer({ min: 0, max: 4 }), isService: fc.boolean() }), {
  maxLength: 2,
})

function ruleOf({ contract, isService }: { contract: number; isService: boolean }): Rule {
  const { id = '', serviceId = '' } = world.contracts[contract] ?? {}
  return { service: isService ? serviceId : null, contract: isService ? null : id, level: 'view' }
}

/** The rules once more, in the words of the product. */
function numbersSeen(rules: readonly Rule[]): string[] {
  return world.contracts
    .filter(({ hasEnded }) => !hasEnded)
    .filter(({ id, serviceId }) => rules.some((rule) => rule.contract === id || rule.service === serviceId))
    .map(({ number }) => number)
}

let round = 0

test('whoever sees one of its contracts sees a fault, and of its contracts those alone', async () => {
  const check = async (faults: number[][], given: Parameters<typeof ruleOf>[0][]): Promise<void> => {
    const tag = `M${round++}`
    const entries = faults.map((of, at) =>
      fault(
        `${tag}-${at}`,
        of.map((index) => world.contracts[index]?.number ?? ''),
      ),
    )
    const made = await put(entries)
    assert(made.ok)
    const rules = given.map(ruleOf)
    await world.withRules(rules, async (ctx) => {
      const { rows } = await incidentList.read(ctx, asked)
      for (const [at, { code, contracts = [] }] of entries.entries()) {
        const mine = numbersSeen(rules).filter((number) => contracts.includes(number))
        const found = await findIncident(ctx, made.value[at]?.id ?? '')
        assert.deepEqual(found?.concerned.map(({ number }) => number) ?? [], mine.toSorted())
        assert.equal(found?.contracts ?? 0, mine.length)
        const listed = rows.filter(({ row }) => row.code === code)
        assert.deepEqual(
          listed.map(({ row }) => [row.contracts, row.subject.contract?.number]),
          mine.length > 0 ? [[mine.length, mine.toSorted()[0]]] : [],
        )
      }
    })
    await put(entries.map((entry) => ({ ...entry, endsAt: later(subjectTime, hours).toISOString() })))
  }
  await fc.assert(fc.asyncProperty(anyFaults, anyRules, check), { numRuns: runs({ usual: 15, many: 500 }) })
})

/** Of the first two contracts, in two hours. */
async function statuses(): Promise<string[]> {
  const numbers = world.contracts.slice(0, 2).map(({ number }) => number)
  return world.database.operator.transaction(async (tx) => {
    await refreshContractStatus(tx, later(subjectTime, 2 * hours))
    const { rows } = await sql<{ status: string }>`
      select status from contract where number = any(${numbers}) order by number`.execute(tx)
    return rows.map(({ status }) => status)
  })
}

test('a contract that is left out has left the fault: it is well again, and the page says since when', async () => {
  const [first, second] = world.contracts
  assert(first && second)
  const both = fault('LEFT', [first.number, second.number])
  await put([both])
  assert.deepEqual(await statuses(), ['fault', 'fault'])
  const leaving = later(subjectTime, hours)
  const left = await put([fault('LEFT', [second.number])], leaving)
  assert(left.ok && left.value[0])
  const { id, ...rest } = left.value[0]
  const differences = [{ field: 'contracts', from: `${first.number} ${second.number}`, to: second.number }]
  assert.deepEqual(rest, { was: 'changed', differences })
  assert.deepEqual(await statuses(), ['normal', 'fault'])
  const whole = await world.withRules([all], (ctx) => findIncident(ctx, id))
  assert.deepEqual(
    whole?.concerned.map(({ leftAt }) => leftAt),
    [leaving, null],
  )
  assert.equal(whole?.endsAt, null)
  // For whoever sees that contract alone it is over.
  const rule: Rule = { service: null, contract: first.id, level: 'view' }
  const partly = await world.withRules([rule], (ctx) => findIncident({ ...ctx, now: leaving }, id))
  assert.deepEqual([partly?.phase, partly?.endsAt], ['over', leaving])
  const came = later(leaving, hours)
  const again = [await put([both], came), await put([both], came)]
  assert.deepEqual(
    again.map((each) => each.ok && each.value[0]?.was),
    ['changed', 'unchanged'],
  )
  assert.deepEqual(await statuses(), ['fault', 'fault'])
})

test('what was said stays as it was said: more is added, and a change of it is refused', async () => {
  const number = world.contracts[0]?.number ?? ''
  const said = { at: time, step: 'investigating' as const, text: { ja: '調査しています。' } }
  const next = { at: time, text: { ja: '原因が分かりました。', en: 'Found.' }, nextUpdateAt: '2026-11-22T05:30:00Z' }
  await put([fault('SAID', [number], { updates: [said] })])
  const more = await put([fault('SAID', [number], { updates: [said, next] })])
  assert(more.ok && more.value[0])
  assert.deepEqual(more.value[0].differences?.map(({ field }) => field).toSorted(), ['next_update_at', 'updates 2'])
  const found = await world.withRules([all], (ctx) => findIncident(ctx, more.value[0]?.id ?? ''))
  assert.deepEqual(found?.updates[0], {
    number: 2,
    at: subjectTime,
    step: null,
    text: next.text,
    nextUpdateAt: new Date(next.nextUpdateAt),
    corrects: null,
  })
  assert.deepEqual(found?.updates[1]?.text, { ja: '調査しています。' })
  assert.deepEqual([found?.step, found?.nextUpdateAt], ['investigating', new Date(next.nextUpdateAt)])
  const changed = await put([fault('SAID', [number], { updates: [{ ...said, text: { ja: '別の内容' } }, next] })])
  assert(!changed.ok && changed.problem === 'said-already')
})
