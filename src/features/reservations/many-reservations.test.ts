import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import fc from 'fast-check'
import { type ChangedRow, findLineChange, undoChange } from '#features/line-changes/undo.ts'
import type { LineContext } from '#features/lines/open.ts'
import { withSavepoint } from '#platform/database/database.ts'
import { after, days, hours, minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { inLine, makeLine, type MadeLine } from '#test/line.ts'
import { makerOf } from '#test/make.ts'
import { isLongProof, runs } from '#test/many-runs.ts'
import { beginning, save, saved } from '#test/random-saves.ts'
import { atMoment, carryOutAt, dyingDatabase } from '#test/reservations.ts'
import { superuserOf } from '#test/superuser.ts'
import { findReservation } from './reservation.ts'
import { withdrawReservation } from './settle.ts'

const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
afterAll(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const now = new Date('2026-12-01T00:00:00Z')
/** The columns by which two rows differ. */
const differing = (before: SettingsRow, later: SettingsRow): string[] =>
  Object.keys(later).filter((column) => before[column] !== later[column])

const authorKinds = ['stays', 'loses-right', 'is-suspended', 'loses-right-later'] as const
type Fate = (typeof authorKinds)[number]

interface Author {
  line: MadeLine
  fate: Fate
}

/** The same line for people who fare differently, and an administrator who sees nothing of it. */
async function makeAuthors(): Promise<Author[]> {
  const line = await makeLine(database, beginning())
  const { customerId } = line.user
  await make.user({ customerId, role: 'portal-administrator' })
  const authors: Author[] = []
  for (const fate of authorKinds) {
    const user = await make.user({ customerId })
    await make.group({ customerId, rights: [{ contractId: line.contractId, level: 'edit' }], members: [user.id] })
    authors.push({ line: { ...line, user }, fate })
  }
  return authors
}

const loseRight = (fate: Fate, authors: readonly Author[]) =>
  admin.query('delete from user_group_member where user_id = any($1::uuid[])', [
    authors.filter((one) => one.fate === fate).map(({ line }) => line.user.id),
  ])

type SettingsRow = NonNullable<ChangedRow['before']>

interface Row {
  id: string
  contract_id: string
  customer_id: string
  actor_id: string
  state: string
  problem: string | null
  change_id: string | null
}

const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)] ?? assert.fail()

/** Undone if it is refused, as a request's. */
const keptIfDone = <T extends { ok: boolean } | undefined>(ctx: LineContext, work: () => Promise<T>): Promise<T> =>
  withSavepoint(ctx.tx, work, (ended) => !ended?.ok)

/** Reserves so many changes, some of which are withdrawn; answers those. */
async function reserveMany(authors: readonly Author[], wanted: number): Promise<Set<string>> {
  const withdrawn = new Set<string>()
  let reserved = 0
  for (const each of fc.sample(save, wanted * 6)) {
    if (reserved >= wanted) break
    const { line } = pick(authors)
    const due = after(now, Math.ceil(Math.random() * 60) * hours)
    const id = await atMoment(database, { line, now, due }, async (ctx) => {
      const outcome = await keptIfDone(ctx, () => saved(ctx, each))
      assert(!outcome?.ok || outcome.value.changeId === undefined, 'nothing changes before its moment')
      return outcome?.ok ? outcome.value.reservationId : undefined
    })
    if (!id) continue
    reserved++
    if (Math.random() >= 0.15) continue
    await atMoment(database, { line, now }, async (ctx) => {
      const found = (await findReservation(ctx, id)) ?? assert.fail()
      assert((await withdrawReservation(ctx, found)).ok)
    })
    withdrawn.add(id)
  }
  assert.equal(reserved, wanted)
  return withdrawn
}

/** Moves the clock, with two workers of which one dies now and then, while somebody changes something by hand, too. */
async function letTimePass(authors: readonly Author[]): Promise<void> {
  let deaths = 0
  const dying = dyingDatabase(database, () => Math.random() < 0.25 && ++deaths > 0)
  for (let hour = 0; hour <= 66; hour += 6) {
    const moment = after(now, hour * hours)
    // What was killed breaks off; the other worker, or the next look, does what is left.
    const workers = [carryOutAt(database, moment, dying), carryOutAt(database, moment)]
    await Promise.allSettled(workers)
    if (hour === 24) await loseRight('loses-right-later', authors)
    const { line } = pick(authors.filter(({ fate }) => fate === 'stays'))
    for (const each of fc.sample(save, 2))
      await atMoment(database, { line, now: moment }, (ctx) => keptIfDone(ctx, () => saved(ctx, each)))
  }
  await carryOutAt(database, after(now, 67 * hours))
  assert(deaths > 0)
}

test('whatever happens meanwhile, each reservation is made once, withdrawn, or fails with its mails', async () => {
  const authors = (await Promise.all([makeAuthors(), makeAuthors(), makeAuthors()])).flat()
  const wanted = runs({ usual: 60, many: 1000 })
  const withdrawn = await reserveMany(authors, wanted)
  await loseRight('loses-right', authors)
  await admin.query(`update portal_user set state = 'suspended' where id = any($1::uuid[])`, [
    authors.filter(({ fate }) => fate === 'is-suspended').map(({ line }) => line.user.id),
  ])
  await letTimePass(authors)
  const { rows } = await admin.query<Row>(
    'select id, contract_id, customer_id, actor_id, state, problem, change_id from pbx.reservation',
  )
  assert.equal(rows.length, wanted)
  const fates = new Map(authors.map(({ line, fate }) => [line.user.id, fate]))
  for (const { id, actor_id: author, state, problem } of rows) {
    assert.notEqual(state, 'waiting')
    assert.equal(state === 'withdrawn', withdrawn.has(id))
    if (state === 'withdrawn') continue
    const fate = fates.get(author)
    if (fate === 'loses-right') assert.equal(problem, 'right-gone')
    if (fate === 'is-suspended') assert.equal(problem, 'author-gone')
    if (fate === 'stays') assert(problem !== 'right-gone' && problem !== 'author-gone', problem ?? '')
  }
  const made = rows.flatMap(({ change_id: change }) => (change === null ? [] : [change]))
  const { rows: changes } = await admin.query<{ id: string }>(`select id from pbx.change where origin = 'reservation'`)
  assert.deepEqual(changes.map(({ id }) => id).toSorted(), made.toSorted(), 'each is made once')
  const failed = rows.filter(({ state }) => state === 'failed')
  assert(made.length > 0 && failed.length > 0, `${made.length} made, ${failed.length} failed`)
  const told = failed.reduce((sum, row) => sum + (fates.get(row.actor_id) === 'is-suspended' ? 1 : 2), 0)
  const { rows: mails } = await admin.query(`select from mail where kind = 'reservation-failed'`)
  assert.equal(mails.length, told)
  await lookAtChanges(rows, authors)
})

/** That each change is what was reserved, and can be taken back as one. */
async function lookAtChanges(rows: readonly Row[], authors: readonly Author[]): Promise<void> {
  for (const { id, contract_id: contract, change_id: change } of rows) {
    const author = authors.find(({ line, fate }) => line.contractId === contract && fate === 'stays')
    if (change === null || !author) continue
    await inLine(database, author.line, async (ctx) => {
      const whole = (await findLineChange(ctx, Number(change))) ?? assert.fail()
      const { rows: wanted } = (await findReservation(ctx, id)) ?? assert.fail()
      assert.equal(whole.origin, 'reservation')
      if (whole.action === 'extension-renumbered' || whole.action === 'call-group-changed') return
      for (const { relation, before, after: later } of whole.rows) {
        const columns = before && later ? differing(before, later) : []
        const isReserved = wanted.some(
          (row) =>
            row.relation === relation &&
            Boolean(row.before) === Boolean(before) &&
            Boolean(row.after) === Boolean(later) &&
            columns.every((column) => row.after?.[column] === later?.[column]),
        )
        assert(isReserved, JSON.stringify({ relation, before, later, wanted }))
      }
    })
  }
  let undone = 0
  for (const { contract_id: contract, change_id: change } of rows) {
    const author = authors.find(({ line, fate }) => line.contractId === contract && fate === 'stays')
    if (change === null || !author) continue
    await inLine(database, author.line, async (ctx) => {
      const whole = (await findLineChange(ctx, Number(change))) ?? assert.fail()
      if (whole.undoable !== 'yes') return
      const back = await withSavepoint(
        ctx.tx,
        () => undoChange(ctx, whole.id),
        ({ ok }) => !ok,
      )
      if (back.ok) undone++
    })
  }
  assert(undone > 0)
}

test('who withdraws a reservation while the worker makes it comes before or too late', async () => {
  const line = await makeLine(database, beginning())
  let [before, late] = [0, 0]
  for (let turn = 0; turn < runs({ usual: 15, many: 300 }); turn++) {
    const due = after(now, 1 * minutes)
    const id = await atMoment(database, { line, now, due }, async (ctx) => {
      const name = `名前${turn}`
      const outcome = await saved(ctx, { what: 'edit', of: '1004', number: '1004', name: name as '', isEnabled: true })
      assert(outcome?.ok && outcome.value.reservationId)
      return outcome.value.reservationId
    })
    const shown = await atMoment(database, { line, now }, (ctx) => findReservation(ctx, id))
    const [settled] = await Promise.all([
      atMoment(database, { line, now: due }, (ctx) => withdrawReservation(ctx, shown ?? assert.fail())),
      carryOutAt(database, due),
    ])
    const ended = await atMoment(database, { line, now: due }, (ctx) => findReservation(ctx, id))
    assert.equal(ended?.state, settled.ok ? 'withdrawn' : 'done')
    assert.equal(ended.changeId === null, settled.ok)
    if (settled.ok) before++
    else late++
  }
  // Of a few turns all may end the one way.
  if (isLongProof) assert(before > 0 && late > 0, `${before} withdrawn, ${late} made`)
})

test('what nobody could do for a day is not done any more', async () => {
  const line = await makeLine(database, beginning())
  const due = after(now, 1 * hours)
  const id = await atMoment(database, { line, now, due }, async (ctx) => {
    const outcome = await saved(ctx, { what: 'add', number: '1005', name: '' })
    assert(outcome?.ok)
    return outcome.value.reservationId ?? assert.fail()
  })
  await carryOutAt(database, after(due, 1 * days))
  const ended = await atMoment(database, { line, now }, (ctx) => findReservation(ctx, id))
  assert.deepEqual([ended?.state, ended?.problem], ['failed', 'late'])
})
