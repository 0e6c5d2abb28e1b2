import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { InitialSettings } from './contents.ts'

interface Given {
  contractId: string
  isNew: boolean
  line: { initial?: InitialSettings | undefined }
}

interface Fresh extends InitialSettings {
  key: { customer_id: string; contract_id: string }
}

/** Writes what is set in the beginning into those lines that are new, within the change under way. */
export async function putInitial({ tx, customer }: CustomerContext, lines: readonly Given[]): Promise<void> {
  const fresh = lines.flatMap(({ contractId, isNew, line: { initial } }): Fresh[] =>
    isNew && initial ? [{ key: { customer_id: customer.id, contract_id: contractId }, ...initial }] : [],
  )
  if (fresh.length === 0) return
  await putInside(tx, fresh)
  await putMembers(tx, fresh)
  await putCalendars(tx, fresh)
  const bindings = fresh.flatMap(({ key, bindings: all }) =>
    Object.entries(all).map(([number, target]) => ({ contract: key.contract_id, number, target })),
  )
  await sql`update pbx.external_number n set target = g.target
    from jsonb_to_recordset(${JSON.stringify(bindings)}::jsonb) as g (contract uuid, number text, target text)
    where n.customer_id = ${customer.id} and n.contract_id = g.contract and n.number = g.number`.execute(tx)
  const hours = fresh.flatMap(({ key, hours: all }) =>
    Object.entries(all).map(([number, given]) => ({ contract: key.contract_id, number, ...given })),
  )
  await sql`update pbx.external_number n set calendar_id = c.id, closed_inside = g.closed
    from jsonb_to_recordset(${JSON.stringify(hours)}::jsonb) as g (contract uuid, number text, calendar text, closed text)
    join pbx.calendar c on c.customer_id = ${customer.id} and c.contract_id = g.contract and c.name = g.calendar
    where n.customer_id = ${customer.id} and n.contract_id = g.contract and n.number = g.number`.execute(tx)
}

async function putInside(tx: Transaction, fresh: readonly Fresh[]): Promise<void> {
  const extensions = fresh.flatMap(({ key, extensions: all }) =>
    all.map(({ enabled, ...one }) => ({ ...key, ...one, kind: 'extension', is_enabled: enabled })),
  )
  const groups = fresh.flatMap(({ key, groups: all }) =>
    all.map(({ number, name, kind, ringSeconds }) => ({ ...key, number, name, kind, ring_seconds: ringSeconds })),
  )
  const named = { number: 'text', name: 'text' }
  await insert(tx, { into: 'pbx.inside_number', columns: { number: 'text', kind: 'text' } }, [
    ...extensions,
    ...groups.map((group) => ({ ...group, kind: 'group' })),
  ])
  await insert(tx, { into: 'pbx.extension', columns: { ...named, kana: 'text', is_enabled: 'boolean' } }, extensions)
  await insert(tx, { into: 'pbx.call_group', columns: { ...named, kind: 'text', ring_seconds: 'integer' } }, groups)
}

async function putMembers(tx: Transaction, fresh: readonly Fresh[]): Promise<void> {
  const columns = { call_group: 'text', extension: 'text', position: 'integer' }
  const members = fresh.flatMap(({ key, groups }) =>
    groups.flatMap(({ number, members: all }) =>
      all.map((extension, index) => ({ ...key, call_group: number, extension, position: index + 1 })),
    ),
  )
  await insert(tx, { into: 'pbx.call_group_member', columns }, members)
}

async function putCalendars(tx: Transaction, fresh: readonly Fresh[]): Promise<void> {
  const calendars = fresh.flatMap(({ key, calendars: all }) => all.map((one) => ({ ...key, ...one, id: randomUUID() })))
  const slots = calendars.flatMap(({ customer_id, contract_id, id, weekdays }) =>
    Object.entries(weekdays).flatMap(([days, spans]) =>
      daysIn(days).flatMap((weekday) =>
        spans.map((span) => ({ customer_id, contract_id, calendar_id: id, weekday, ...span })),
      ),
    ),
  )
  const columns = { calendar_id: 'uuid', weekday: 'integer', opens: 'integer', closes: 'integer' }
  await insert(tx, { into: 'pbx.calendar', columns: { id: 'uuid', name: 'text' } }, calendars)
  await insert(tx, { into: 'pbx.calendar_slot', columns }, slots)
}

/** `1-5` is Monday to Friday. */
function daysIn(days: string): number[] {
  const [first = 0, last = first] = days.split('-').map(Number)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
}

interface Inserting {
  into: string
  /** Beside those of the line, with their PostgreSQL types. */
  columns: Readonly<Record<string, string>>
}

async function insert(tx: Transaction, { into, columns }: Inserting, rows: readonly object[]): Promise<void> {
  const all = Object.entries({ customer_id: 'uuid', contract_id: 'uuid', ...columns })
  const names = sql.join(all.map(([column]) => sql.ref(column)))
  const types = sql.join(all.map(([column, type]) => sql`${sql.ref(column)} ${sql.raw(type)}`))
  await sql`insert into ${sql.table(into)} (${names})
    select ${names} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (${types})`.execute(tx)
}
