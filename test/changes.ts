import type pg from 'pg'
import { recordChange } from '#features/change-history/record.ts'
import { sealChanges } from '#features/change-history/seal.ts'
import { type Chain, verifyChain } from '#features/change-history/verify.ts'
import { fenceOf } from '#features/sessions/fence.ts'
import type { Transaction } from '#platform/database.ts'
import type { TestDatabase } from './database.ts'
import { makerOf } from './make.ts'
import { superuserOf } from './superuser.ts'

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
  verify(customerId: string): Promise<Chain>
  /** Verifies, and tells all but the head. */
  judge(customerId: string): Promise<Pick<Chain, 'sealed' | 'unsealed' | 'broken'>>
}

export function changesIn(database: TestDatabase): Changes {
  const make = makerOf(database)
  const write = (customerId: string, values: ChangeValues = {}): Promise<void> =>
    database.app.transaction(async (tx) => {
      await fenceOf(tx, customerId)
      await writeChange(tx, customerId, values)
    })
  const seal = (): Promise<void> => sealChanges(database.operator)
  const verify = (id: string): Promise<Chain> =>
    database.operator.transaction((tx) => verifyChain(tx, { id, code: 'customer' }))
  return {
    admin: superuserOf(database),
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
