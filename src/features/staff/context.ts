import type { Context } from '#features/actor.ts'
import type { Staff } from './find.ts'

/** What a feature of the console works with: a member of staff, behind no customer's fence until one is entered. */
export interface StaffContext extends Context {
  staff: Staff
}
