import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import { recoveryCodesLeft } from '#features/recovery-codes/count.ts'
import type { Context } from '#features/actor.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Language } from '#platform/words.ts'

export interface OwnProfile {
  kana: string
  mail: string
  phone: string
  mobilePhone: string
  jobTitle: string
  mailLanguage: Language
  passwordChangedAt: Date | null
  recoveryCodesLeft: number
  /** Of the period of use; empty: without a limit. */
  endsOn: string
  version: number
}

export async function findOwnProfile({ tx, actor }: Context): Promise<OwnProfile> {
  return tx
    .selectFrom('portal_user as u')
    .leftJoin('user_credential as c', (on) =>
      on.onRef('c.customer_id', '=', 'u.customer_id').onRef('c.user_id', '=', 'u.id'),
    )
    .where('u.customer_id', '=', actor.customer.id)
    .where('u.id', '=', actor.userId)
    .select([
      'u.kana',
      'u.mail',
      'u.phone',
      'u.mobile_phone as mobilePhone',
      'u.job_title as jobTitle',
      'u.mail_language as mailLanguage',
      'u.version',
      'c.password_changed_at as passwordChangedAt',
      recoveryCodesLeft.as('recoveryCodesLeft'),
      sql<string>`coalesce(u.ends_on::text, '')`.as('endsOn'),
    ])
    .executeTakeFirstOrThrow()
}

export interface DisplaySettings {
  language: Language | null
  theme: 'system' | 'light' | 'dark'
  timeZone: string
  shortcuts: boolean
}

/** How the portal looks to the actor, with the version of the row it stands in. */
export async function findDisplay({ tx, actor }: Context): Promise<DisplaySettings & { version: number }> {
  return tx
    .selectFrom('portal_user')
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', actor.userId)
    .select([
      'screen_language as language',
      sql<DisplaySettings['theme']>`theme`.as('theme'),
      'time_zone as timeZone',
      'shortcuts',
      'version',
    ])
    .executeTakeFirstOrThrow()
}

/** Sets how the portal looks to the actor. `version` is that of the row the form was made from. */
export async function setDisplay(
  ctx: Context,
  { settings, version }: { settings: DisplaySettings; version: number },
): Promise<Outcome<void, 'changed-meanwhile'>> {
  const { tx, actor } = ctx
  const { language, theme, timeZone, shortcuts } = settings
  const changed = await tx
    .updateTable('portal_user')
    .set({ screen_language: language, theme, time_zone: timeZone, shortcuts, version: version + 1 })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', actor.userId)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  if (!changed) return refuse('changed-meanwhile')
  const before = { language: actor.language, theme: actor.theme, timeZone: actor.timeZone, shortcuts: actor.shortcuts }
  await recordChange(ctx, {
    action: 'display-changed',
    subject: { kind: 'user', id: actor.userId, name: actor.name },
    before,
    after: { ...settings },
  })
  return done()
}
