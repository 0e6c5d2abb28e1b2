import assert from 'node:assert/strict'
import { listEventsOf } from '#features/events/list.ts'
import { after, test } from 'node:test'
import fc from 'fast-check'
import type { Insertable } from 'kysely'
import type { DB } from '#database/tables.ts'
import type { Transaction } from '#platform/database/database.ts'
import { after as later, days, hours } from '#platform/time/duration.ts'
import { expectAsRulesSay, openSubjectWorld, type SubjectRow, subjectTime } from '#test/subject-world.ts'
import { findIncident } from './find.ts'
import { type IncidentKind, incidentKinds, type IncidentPhase, incidentPhases } from './incident.ts'
import { incidentList } from './list.ts'

interface IncidentRow extends SubjectRow {
  code: string
  phase: IncidentPhase
  startsAt: Date
  endsAt: Date | null
}

const world = await openSubjectWorld()
after(() => world[Symbol.asyncDispose]())

test('faults and works are listed, counted, found and told of a contract as the rules allow', async () => {
  const rows: IncidentRow[] = []
  for (let at = 0; at < 36; at++) rows.push(await insertIncident(at))
  await expectAsRulesSay(world, {
    rows,
    choices: fc.record({
      kind: fc.option(fc.constantFrom(...incidentKinds), { nil: undefined }),
      phase: fc.option(fc.constantFrom(...incidentPhases), { nil: undefined }),
    }),
    isChosen: (row, { kind, phase }) =>
      (phase ?? row.phase) === row.phase && (!kind || row.kind.startsWith(`${kind} `)),
    sortedBy: {
      urgency: (row) => [...urgencyOf(row), row.code],
      start: ({ startsAt, code }) => [startsAt.getTime(), code],
      contract: ({ contract, code }) => [contract?.number ?? '', code],
    },
    list: (ctx, { filter: { terms, ...of }, ...asked }, chosen) =>
      incidentList.read(ctx, { ...asked, terms, of, chosen }),
    find: findIncident,
    listOf: async (ctx, id) => (await listEventsOf(ctx, id)).incidents,
    newest: ({ startsAt, code }) => [startsAt.getTime(), code],
  })
})

/** Open faults from the newest; running and coming works by their time; what is over from the last. */
function urgencyOf({ kind, phase, startsAt, endsAt }: IncidentRow): [number, number] {
  if (phase === 'over') return [3, -(endsAt?.getTime() ?? 0)]
  return kind === 'fault running' ? [1, -startsAt.getTime()] : [2, startsAt.getTime()]
}

/** From when to when, in hours from now: on either side of all borders. */
const spans: { phase: IncidentPhase; from: number; to: number | null; isListed: boolean }[] = [
  { phase: 'running', from: -5, to: null, isListed: true },
  { phase: 'running', from: 0, to: 3, isListed: true },
  { phase: 'coming', from: 24, to: 30, isListed: true },
  { phase: 'coming', from: 0.001, to: null, isListed: true },
  { phase: 'over', from: -9, to: 0, isListed: true },
  { phase: 'over', from: -(100 * days) / hours, to: -(90 * days) / hours + 0.001, isListed: true },
  { phase: 'over', from: -(100 * days) / hours, to: -(90 * days) / hours, isListed: false },
]

async function insertIncident(at: number): Promise<IncidentRow> {
  const about = world.abouts.filter(({ contract }) => contract)[at % 6] ?? assert.fail('something out of order')
  const { phase, from, to, isListed } = spans[at % spans.length] ?? assert.fail('a time')
  const code = `CODE-${(at * 7) % 36}`
  const title = at % 4 === 0 ? 'みなと支店の停電' : '点検'
  const kind: IncidentKind = incidentKinds[(at >> 1) % 2] ?? 'fault'
  const startsAt = later(subjectTime, from * hours)
  const endsAt = to === null ? null : later(subjectTime, to * hours)
  const id = await world.database.operator.transaction((tx) =>
    insertOn(tx, about, {
      code,
      kind,
      title_ja: title,
      title_en: 'An incident',
      starts_at: startsAt,
      ends_at: endsAt,
      updated_at: subjectTime,
    }),
  )
  const text = [code, title, 'An incident', about.contract?.number].join('\n')
  const isThere = !about.contract?.hasEnded
  return {
    ...about,
    id,
    code,
    text,
    kind: `${kind} ${phase}`,
    phase,
    startsAt,
    endsAt,
    isThere,
    isListed: isThere && isListed,
  }
}

async function insertOn(
  tx: Transaction,
  { customerId: customer_id, contract }: (typeof world.abouts)[number],
  incident: Omit<Insertable<DB['incident']>, 'customer_id'>,
): Promise<string> {
  const { id: incident_id } = await tx
    .insertInto('incident')
    .values({ customer_id, ...incident })
    .returning('id')
    .executeTakeFirstOrThrow()
  const contract_id = contract?.id ?? ''
  await tx.insertInto('incident_contract').values({ customer_id, incident_id, contract_id }).execute()
  return incident_id
}
