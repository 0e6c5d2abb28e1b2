/** Where the rows of a review are from: the records of a moment, or what was kept when one was closed. */
export type ReviewSource = { at: Date } | { reviewId: string }

/** Why a user or a group should be looked at. */
export const userFindings = ['quiet', 'unused'] as const
export type UserFinding = (typeof userFindings)[number]
export type GroupFinding = 'nobody'
export type Finding = UserFinding | GroupFinding

/** What is listed of a source. */
export interface ReviewScope {
  source: ReviewSource
  /** Of users and groups, those alone of whom this was found. */
  finding?: Finding | undefined
  /** Of rights, those that this user has. */
  userId?: string | undefined
  /** Of users, the members of this group; of rights, those that it gives. */
  groupId?: string | undefined
}
