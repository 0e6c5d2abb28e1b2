import { sql } from 'kysely'
import type { JudgedFile } from '#features/attachments/attachment.ts'
import { keepFiles } from '#features/attachments/keep.ts'
import { recordChange } from '#features/change-history/record.ts'
import type { ToldText } from '#features/incidents/entry.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { StepEntry } from './entry.ts'
import type { StaffOrder } from './find-for-staff.ts'
import { writeSteps } from './inner/put-steps.ts'
import type { OrderState } from './order.ts'
import { enqueueOrderTellings, findOrderNews } from './tellings.ts'

/** How far an order is, as staff say it. */
export interface OrderWork {
  state: OrderState
  /** Empty: not yet set. */
  deliveryOn: string
  steps: readonly StepEntry[]
  /** 開通案内; null: there is none. */
  opening: ToldText | null
  /** That are added to the opening, and the ids of those that are taken away. */
  files: readonly JudgedFile[]
  removed: readonly string[]
  /** Of the order, as its writer has read it. */
  version: number
}

/** Says how far an order is, and tells whoever wishes. `ctx` works for the customer, by the name that its history shows. */
export async function workOnOrder(
  ctx: StaffContext,
  order: StaffOrder,
  { state, deliveryOn, steps, opening, files, removed, version }: OrderWork,
): Promise<Outcome<void, 'changed-meanwhile' | 'before-ordered' | 'thing-full' | 'customer-full'>> {
  const { tx, now, actor } = ctx
  if (deliveryOn !== '' && deliveryOn < order.orderedOn) return refuse('before-ordered')
  const by = { tx, customer: actor.customer }
  const former = await findOrderNews(by, order)
  const changed = await tx
    .updateTable('contract_order')
    .set({
      state,
      delivery_on: deliveryOn === '' ? null : deliveryOn,
      opening_ja: opening?.ja ?? null,
      opening_en: opening?.en ?? null,
      updated_at: now,
      worked_on_at: now,
    })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', order.id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  if (!changed) return refuse('changed-meanwhile')
  await writeSteps(by, [{ id: order.id, steps }])
  const kept = await changeFiles(ctx, order.id, { files, removed })
  if (!kept.ok) return kept
  await recordWork(ctx, order, { state, deliveryOn, steps, opening, files, removed })
  await enqueueOrderTellings(tx, former, await findOrderNews(by, order))
  return done()
}

async function changeFiles(
  { tx, now, actor: { customer } }: StaffContext,
  id: string,
  { files, removed }: Pick<OrderWork, 'files' | 'removed'>,
): Promise<Outcome<void, 'thing-full' | 'customer-full'>> {
  if (removed.length > 0) await sql`select door.remove_order_files(${id}, ${[...removed]}::uuid[])`.execute(tx)
  return keepFiles({ tx, now, customer }, { about: 'order', id, message: null }, files)
}

async function recordWork(
  ctx: StaffContext,
  order: StaffOrder,
  { state, deliveryOn, steps, opening, files, removed }: Omit<OrderWork, 'version'>,
): Promise<void> {
  const named = order.files.filter(({ id }) => removed.includes(id)).map(({ name }) => name)
  const names = {
    ...(named.length > 0 && { filesRemoved: named.join(', ') }),
    ...(files.length > 0 && { filesAdded: files.map(({ name }) => name).join(', ') }),
  }
  const told = differencesOf(order, { steps, opening })
  await recordChange(ctx, {
    action: 'order-changed',
    subject: { kind: 'order', id: order.id, name: order.code },
    before: { state: order.state, deliveryOn: order.deliveryOn, opening: order.opening !== null, ...told.before },
    after: {
      state,
      deliveryOn: deliveryOn === '' ? null : deliveryOn,
      opening: opening !== null,
      ...told.after,
      ...names,
    },
  })
}

type Told = Record<string, string | null>

/** What was said of the steps and at the opening, before and after: of what is the same, nothing. */
function differencesOf(
  former: Pick<StaffOrder, 'steps' | 'opening'>,
  { steps, opening }: Pick<OrderWork, 'steps' | 'opening'>,
): { before: Told; after: Told } {
  const said = (
    of: readonly { state: string; day?: string | null | undefined; note?: ToldText | null | undefined }[],
  ): Told =>
    Object.fromEntries(
      of.flatMap(({ state, day, note }): [string, string][] => [
        [`${state}Day`, day ?? ''],
        [`${state}Note`, textOf(note)],
      ]),
    )
  const before: Told = { ...said(former.steps), openingText: textOf(former.opening) }
  const after: Told = { ...said(steps), openingText: textOf(opening) }
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => (before[name] ?? '') !== (after[name] ?? ''),
  )
  const only = (of: Told): Told =>
    Object.fromEntries(changed.map((name) => [name, of[name] === '' ? null : (of[name] ?? null)]))
  return { before: only(before), after: only(after) }
}

/** Both languages, as far as there are; a history is no place for thousands of characters. */
function textOf(text: ToldText | null | undefined): string {
  const whole = text ? [text.ja, text.en].filter(Boolean).join(' / ') : ''
  return whole.length > longestKept ? `${whole.slice(0, longestKept).toWellFormed()}…` : whole
}

const longestKept = 500
