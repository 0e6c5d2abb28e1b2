import { sql } from 'kysely'
import type { LineContext } from '#features/lines/open.ts'

/** A call as it is imagined. */
export interface ImaginedCall {
  /** External or inside number. */
  called: string
  at: Date
  /** Extensions that are talking, and those whose telephones are not connected. */
  busy: readonly string[]
  unreachable: readonly string[]
}

/** What rings, or would, in the order of the plan. */
export interface Ring {
  /** From 1: what rings at once has the same. */
  step: number
  /** Of an extension; outside, the number that is called. */
  number: string
  /** Of an extension; empty: it has none. */
  name: string
  /** Seconds after the call has come in. */
  from: number
  to: number
  state: 'rings' | 'busy' | 'unreachable' | 'outside' | 'voicemail'
  why: Why
}

/** Why a step is there. */
export interface Why {
  /** A number's target, its target when closed, dialled inside, a member of a group, after a group without an answer, a forward. */
  kind: 'number' | 'closed' | 'dialled' | 'group' | 'nobody' | 'forward'
  number: string
}

/** What a call comes to if nobody answers. */
export interface CallOutcome {
  /** RFC 3261: no such number; nobody is there. Null: something rings. */
  code: 404 | 480 | null
  /** Whether the number's hours are open; null of an inside number. */
  open: boolean | null
  /** The plan leads on further than a call follows it. */
  cut: boolean
  rings: readonly Ring[]
  /** The names of the groups that the call comes through. */
  groups: Readonly<Record<string, { name: string; kind: 'simultaneous' | 'sequential' | 'even' }>>
}

interface Answer {
  plan: { code: CallOutcome['code']; open: boolean | null; cut: boolean }
  rings: (Omit<Ring, 'why'> & { why: string })[]
  groups: CallOutcome['groups']
}

/** Asks the switchboard, which tells what the settings say in this transaction: within a try, those that are tried. */
export async function whoRings(ctx: LineContext, call: ImaginedCall): Promise<CallOutcome> {
  const { tx, actor, contract } = ctx
  const whose = (alias: string) =>
    sql`${sql.ref(`${alias}.customer_id`)} = ${actor.customer.id} and ${sql.ref(`${alias}.contract_id`)} = ${contract.id}`
  const { rows } = await sql<Answer>`
    with p as materialized (
      select pbx.route_call(${actor.customer.id}, ${contract.id}, ${call.called}, ${call.at}) as plan
    ), r as materialized (
      select r.* from p, pbx.who_rings(p.plan, ${call.unreachable}::text[], ${call.busy}::text[]) with ordinality r
    )
    select p.plan - '{steps}'::text[] as plan,
      coalesce((select json_agg(json_build_object('step', r.step, 'number', r.number, 'from', r.from_second, 'to', r.to_second, 'state', r.state, 'why', r.why,
          'name', coalesce((select e.name from pbx.extension e where r.state <> 'outside' and ${whose('e')} and e.number = r.number), ''))
          order by r.ordinality) from r), '[]') as rings,
      coalesce((select json_object_agg(g.number, json_build_object('name', g.name, 'kind', g.kind)) from pbx.call_group g
        where ${whose('g')} and g.number in (select split_part(r.why, ' ', 2) from r)), '{}') as groups
    from p`.execute(tx)
  const [answer] = rows
  if (!answer) throw new Error('The switchboard answers one plan')
  const { plan, rings, groups } = answer
  return {
    code: plan.code,
    open: plan.open,
    cut: plan.cut,
    groups,
    rings: rings.map((ring) => ({ ...ring, why: whyOf(ring.why) })),
  }
}

function whyOf(text: string): Why {
  const [kind = '', number = ''] = text.split(' ')
  // The words of pbx.route_call.
  return { kind: kind as Why['kind'], number }
}
