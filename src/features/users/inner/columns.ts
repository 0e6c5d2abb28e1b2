import type { Selectable } from 'kysely'
import type { DB } from '#database/tables.ts'
import type { UserFields } from '../user.ts'

type Columns = Pick<
  Selectable<DB['portal_user']>,
  | 'name'
  | 'phone'
  | 'role'
  | 'mail_language'
  | 'time_zone'
  | 'job_title'
  | 'mobile_phone'
  | 'comment'
  | 'mobile_threshold_mail'
>

/** The columns of a user that an administrator sets. */
export function columnsOf(user: Omit<UserFields, 'secondFactor'>): Columns {
  return {
    name: user.name,
    phone: user.phone,
    role: user.role,
    mail_language: user.mailLanguage,
    time_zone: user.timeZone,
    job_title: user.jobTitle,
    mobile_phone: user.mobilePhone,
    comment: user.comment,
    mobile_threshold_mail: user.mobileThresholdMail,
  }
}
