import type { Transaction } from '#platform/database/database.ts'
import { bytesOfPart, type Attachment } from './attachment.ts'

interface Reading {
  tx: Transaction
  actor: { customer: { id: string } }
}

export function partsOf({ size }: Pick<Attachment, 'size'>): number {
  return Math.ceil(size / bytesOfPart)
}

/** One part of a file that the reader was found to see. */
export async function readPart({ tx, actor }: Reading, id: string, part: number): Promise<Buffer> {
  const { bytes } = await tx
    .selectFrom('attachment_part')
    .where('customer_id', '=', actor.customer.id)
    .where('attachment_id', '=', id)
    .where('number', '=', part)
    .select('bytes')
    .executeTakeFirstOrThrow()
  return bytes
}

/** The whole of it. */
export async function readBytes(ctx: Reading, id: string): Promise<Buffer> {
  const rows = await ctx.tx
    .selectFrom('attachment_part')
    .where('customer_id', '=', ctx.actor.customer.id)
    .where('attachment_id', '=', id)
    .orderBy('number')
    .select('bytes')
    .execute()
  return Buffer.concat(rows.map(({ bytes }) => bytes))
}
