import { type RawBuilder, sql } from 'kysely'
import type { Phrase } from '#platform/words.ts'
import type { OrderKind } from './form.ts'

/** A form as it is offered. */
export interface OfferedForm {
  code: string
  kind: OrderKind
  name: Phrase
}

/** Of a row with `order_forms`, by its alias: the forms of a service, in the operator's order, as JSON. */
export function offeredForms(service: string): RawBuilder<OfferedForm[]> {
  return sql<OfferedForm[]>`coalesce((
    select jsonb_agg(jsonb_build_object('code', f->'code', 'kind', f->'kind', 'name', f->'name') order by place)
    from jsonb_array_elements(${sql.ref(`${service}.order_forms`)}) with ordinality as forms (f, place)), '[]')`
}
