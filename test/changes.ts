import type pg from 'pg'
import { recordChange } from '#features/change-history/record.ts'
import { sealChanges } from '#features/change-history/seal.ts'
import { type Chain, verifyChain, type VerifyAsked } from '#features/change-history/verify.ts'
import { enterFence } from '#features/sessions/fence.ts'
import type { Transaction } from '#platform/database/database.ts'
import { minutes } from '#platform/time/duration.ts'
import type { TestDatabase } from './database.ts'
import { makerOf } from './make.ts'
import { superuserOf } from './superuser.ts'
import { until } from './until.ts'

/** The moment at which changes are made unless told. */
export const changeTime = new Date('2026-11-22T03:00:00Z')

interface ChangeValues {
  name?: string
  at?: Date
  memo?: string
}

/** Changes of a customer's, and the chain they become. */
export interface Changes {
  /** As somebody who may do anything. */
  admin: pg.Pool
  write(customerId: string, values?: ChangeValues): Promise<void>
  /** A customer with so many changes, all sealed. */
  customerWith(rows: number): Promise<string>
  seal(): Promise<void>
  verify(customerId: string, asked?: Partial<VerifyAsked>): Promise<Chain>
  /** Verifies, and tells all but the head. */
  judge(customerId: string): Promise<Pick<Chain, 'sealed' | 'unsealed' | 'broken'>>
}

export function changesIn(database: TestDatabase): Changes {
  const make = makerOf(database)
  const write = (customerId: string, values: ChangeValues = {}): Promise<void> =>
    database.app.transaction(async (tx) => {
      await enterFence(tx, customerId)
      await writeChange(tx, customerId, values)
    })
  const admin = superuserOf(database)
  const seal = async (): Promise<void> => {
    await endOfOthers(admin)
    await sealChanges(database.operator)
  }
  const verify = (id: string, asked: Partial<VerifyAsked> = {}): Promise<Chain> =>
    database.operator.transaction((tx) => verifyChain(tx, { id, code: 'customer' }, { now: changeTime, ...asked }))
  return {
    admin,
    write,
    async customerWith(rows) {
      const customerId = await make.customer()
      for (let row = 0; row < rows; row++) await write(customerId, { name: `行${row}` })
      await seal()
      return customerId
    },
    seal,
    verify,
    async judge(customerId) {
      const { sealed, unsealed, broken } = await verify(customerId)
      return { sealed, unsealed, broken }
    },
  }
}

/** A transaction that writes holds up the sealing in every database of its server: other tests share it. */
async function endOfOthers(admin: pg.Pool): Promise<void> {
  const writing = async (): Promise<string[]> => {
    const { rows } = await admin.query<{ id: string }>(
      `select backend_xid::text as id from pg_stat_activity where datname is distinct from current_database() and backend_xid is not null`,
    )
    return rows.map(({ id }) => id)
  }
  const earlier = await writing()
  await until(async () => !(await writing()).some((id) => earlier.includes(id)), 3 * minutes)
}

export function writeChange(
  tx: Transaction,
  customerId: string,
  { name = '名前', at = changeTime, memo = 'メモ' }: ChangeValues = {},
): Promise<void> {
  const actor = { customer: { id: customerId }, userId: customerId, name: '山田 "太郎"\u2028\u0001\t' }
  const subject = { kind: 'contract' as const, id: customerId, name }
  return recordChange(
    { tx, now: at, actor },
    { action: 'contract-memo-changed', subject, before: { memo, n: 1.5 }, after: { memo: null } },
  )
}
