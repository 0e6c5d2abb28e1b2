/** The customer that the operator is to itself: its users are the staff. As `house()` in the database. */
export const houseId = '00000000-0000-0000-0000-000000000001'

/** What a member of staff may do beside reading, which every member may. */
export const staffRoles = ['support', 'content', 'provisioning', 'security'] as const
export type StaffRole = (typeof staffRoles)[number]
