import type pg from 'pg'
import { type TestSettings, writeSettings } from './line-settings.ts'
import type { Imagined } from './walk-settings.ts'

const keys = { customerId: crypto.randomUUID(), contractId: crypto.randomUUID() }

interface Step {
  do: string
  to: string[]
  sec: number
  busy: number
  noans: number
  unreg: number
}

/** As pbx.route_call tells it. */
export interface Plan {
  kind: string
  open: boolean | null
  cut: boolean
  entry: number
  code: number | null
  steps: Step[]
}

export interface Asked extends Imagined {
  called: string
  at?: string
}

/** Asks the switchboard about settings that are gone afterwards. */
export async function ask(
  admin: pg.Pool,
  settings: TestSettings,
  calls: readonly Asked[],
): Promise<{ plan: Plan; rings: unknown[] }[]> {
  const client = await admin.connect()
  try {
    await client.query('begin')
    await writeSettings(client, keys, settings)
    for (const day of settings.holidays ?? [])
      await client.query(`insert into pbx.national_holiday values ($1, '祝日', 'Holiday') on conflict do nothing`, [
        day,
      ])
    const answers = []
    for (const { called, at = '2026-11-30T01:00:00Z', busy, unreachable, lastRung } of calls) {
      const { rows } = await client.query<{ plan: Plan; rings: unknown[] }>(
        `select p.plan, coalesce((select json_agg(json_build_object('step', step, 'number', number, 'from', from_second, 'to', to_second, 'state', state))
            from pbx.who_rings(p.plan, $5, $6)), '[]') as rings
         from (select pbx.route_call($1, $2, $3, $4, $7) as plan) p`,
        [keys.customerId, keys.contractId, called, at, unreachable, busy, lastRung],
      )
      answers.push(...rows)
    }
    return answers
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** Everybody waits for a call. */
export const nothingSpecial: Imagined = { busy: [], unreachable: [], lastRung: {} }
