import type { Selectable } from 'kysely'
import type { DB } from '#database/tables.ts'
import { periodColumns } from '#features/periods-of-use/period.ts'
import type { UserDetails, UserFields } from '../user.ts'

type User = Selectable<DB['portal_user']>
type DetailColumns = Pick<
  User,
  'kana' | 'mail_language' | 'time_zone' | 'job_title' | 'mobile_phone' | 'comment' | 'mobile_threshold_mail'
>

/** The columns of a user that an administrator sets, but for the second factor. */
export function columnsOf(
  user: Omit<UserFields, 'secondFactor'>,
): DetailColumns & Pick<User, 'name' | 'phone' | 'role' | 'begins_on' | 'ends_on'> {
  const { name, phone, role } = user
  return { name, phone, role, ...periodColumns(user), ...detailColumnsOf(user) }
}

/** Those of them that are not critical. */
export function detailColumnsOf(user: UserDetails): DetailColumns {
  return {
    kana: user.kana,
    mail_language: user.mailLanguage,
    time_zone: user.timeZone,
    job_title: user.jobTitle,
    mobile_phone: user.mobilePhone,
    comment: user.comment,
    mobile_threshold_mail: user.mobileThresholdMail,
  }
}
