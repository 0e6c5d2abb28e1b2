import type { ChangeBy } from '#features/change-history/record.ts'

/** Lets one transaction after the other change a group; undefined when it is gone. */
export async function lockGroup(
  { tx, actor }: Pick<ChangeBy, 'tx' | 'actor'>,
  groupId: string,
): Promise<{ rightsVersion: number } | undefined> {
  return tx
    .selectFrom('user_group')
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', groupId)
    .select('rights_version as rightsVersion')
    .forNoKeyUpdate()
    .executeTakeFirst()
}
