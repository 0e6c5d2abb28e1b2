import type { AskedSite } from '#platform/context.ts'

/** The customer that the operator is to itself: its users are the staff. As `house()` in the database. */
export const houseId = '00000000-0000-0000-0000-000000000001'

/** Whether a site is the one of the staff. */
export function isConsole({ name }: Pick<AskedSite, 'name'>): boolean {
  return name === 'console'
}

/** What a member of staff may do beside reading, which every member may. */
export const staffRoles = ['support', 'content', 'provisioning', 'security'] as const
export type StaffRole = (typeof staffRoles)[number]
