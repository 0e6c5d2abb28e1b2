import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { type AnswerChoices, type GivenAnswers, numbersIn } from '#features/order-forms/answers.ts'
import { type OfferedForm, offeredForms } from '#features/order-forms/offered.ts'
import { markOf, type OrderForm } from '#features/order-forms/form.ts'
import { todayOf } from '#features/periods-of-use/period.ts'
import { editingOf, levelOf } from '#features/rights/scope.ts'
import { seenBy } from '#features/rights/seen.ts'
import { type Json, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Phrase } from '#platform/words.ts'

/** What the form of a service is filled in with. */
export interface Asking {
  service: { id: string; code: string; name: Phrase }
  form: OrderForm
  /** Tells this form from what it may become meanwhile. */
  mark: string
  /** The earliest day that can be wished: `2026-12-10`. */
  earliestOn: string
  needsApproval: boolean
  /** Names of the sites of contracts that the user sees. */
  sites: string[]
  /** The user sees a contract of the service, so there is its page. */
  hasPage: boolean
  /** The user may ask for a new contract of the service. */
  mayAskForNew: boolean
}

/** A form of a service; undefined where the user sees neither of them. What is new is asked for without a contract as well. */
export async function findAsking(
  { tx, now, actor }: Context,
  { service: code, form: formCode }: { service: string; form: string },
): Promise<Asking | undefined> {
  const { ruled, isSeen, isWhole } = seenBy(actor.scope)
  const today = todayOf(actor.customer.id, now)
  const { rows } = await sql<Omit<Asking, 'mark' | 'mayAskForNew'>>`
    with ${ruled}, seen as (
      select k.service_id, k.site_id from contract k where k.customer_id = ${actor.customer.id} and k.ended_on is null
        and ${isSeen({ id: 'k.id', service: 'k.service_id' })})
    select json_build_object('id', s.id, 'code', s.code, 'name', json_build_object('ja', s.name_ja, 'en', s.name_en)) as service, f.form,
      (${today} + (f.form->>'earliestDays')::integer)::text as "earliestOn", c.orders_need_approval as "needsApproval",
      exists (select from seen where seen.service_id = s.id) as "hasPage",
      array(select distinct t.name from site t join seen on seen.site_id = t.id where t.customer_id = c.id order by 1) as sites
    from customer c cross join service s cross join lateral jsonb_array_elements(s.order_forms) as f (form)
    where c.id = ${actor.customer.id} and s.code = ${code} and f.form->>'code' = ${formCode}
      and (exists (select from seen where seen.service_id = s.id) or f.form->>'kind' = 'new' and ${isWhole('s.id')})`.execute(
    tx,
  )
  const [found] = rows
  if (!found) return undefined
  // No contract has this id, so the rules for the service and for all services decide.
  const mayAskForNew = levelOf(actor.scope, { id: '', serviceId: found.service.id }) === 'edit'
  return { ...found, mark: markOf(found.form), mayAskForNew }
}

/** A service of which the user may ask for a new contract, with the forms for it. */
export interface OrderableService {
  code: string
  name: Phrase
  forms: OfferedForm[]
}

/** Services of which the user may ask for a new contract, whether the customer has one already or not; in the operator's order. */
export async function listOrderable({ tx, actor }: Context): Promise<OrderableService[]> {
  const { isWhole } = seenBy(editingOf(actor.scope))
  const { rows } = await sql<Json<OrderableService>>`
    select ${orderable.columns} from service s join service_category c on c.id = s.service_category_id
    where ${isWhole('s.id')} and s.order_forms @? '$[*] ? (@.kind == "new")'
    order by c.position, s.position, s.name_ja, s.id`.execute(tx)
  return rows.map((row) => {
    const { forms, ...service } = orderable.read(row)
    return { ...service, forms: forms.filter(({ kind }) => kind === 'new') }
  })
}

const orderable = jsonRow<OrderableService>({
  code: value('s.code'),
  name: phrase('s.name'),
  forms: value(offeredForms('s')),
})

/** What there is to choose in the answers to a form. */
export async function findChoices(
  { tx, actor }: Context,
  { form, sites }: Pick<Asking, 'form' | 'sites'>,
  given: GivenAnswers,
): Promise<AnswerChoices> {
  const numbers = numbersIn(form, given)
  if (numbers.length === 0) return { sites, contracts: new Set() }
  const { ruled, isSeen } = seenBy(actor.scope)
  const { rows } = await sql<{ number: string }>`
    with ${ruled} select k.number from contract k where k.customer_id = ${actor.customer.id} and k.ended_on is null
      and k.number = any(${numbers}::text[]) and ${isSeen({ id: 'k.id', service: 'k.service_id' })}`.execute(tx)
  return { sites, contracts: new Set(rows.map(({ number }) => number)) }
}

export interface AskedContract {
  id: string
  number: string
}

/** The contract that a form is to change or end. What is not seen looks like what is not there. */
export async function findAskedContract(
  { tx, actor }: Context,
  serviceId: string,
  number: string,
): Promise<Outcome<AskedContract, 'unknown-contract' | 'other-service' | 'contract-not-editable'>> {
  const contract = await tx
    .selectFrom('contract')
    .where('customer_id', '=', actor.customer.id)
    .where('number', '=', number.normalize('NFKC').trim().toUpperCase())
    .where('ended_on', 'is', null)
    .select(['id', 'number', 'service_id as serviceId'])
    .executeTakeFirst()
  const level = contract && levelOf(actor.scope, contract)
  if (!contract || !level) return refuse('unknown-contract')
  if (contract.serviceId !== serviceId) return refuse('other-service')
  return level === 'edit' ? done({ id: contract.id, number: contract.number }) : refuse('contract-not-editable')
}
