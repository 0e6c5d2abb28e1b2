import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'

/** What was done to a user, as far as people are told of it. */
export type UserChange = keyof typeof changes

/** As mails say it. */
export const changes = {
  added: { ja: 'ユーザーが追加されました。', en: 'The user was added.' },
  'made-administrator': {
    ja: 'ユーザー権限が「ポータル管理者」になりました。',
    en: 'The role is now portal administrator.',
  },
  'made-general-user': { ja: 'ユーザー権限が「一般ユーザー」になりました。', en: 'The role is now general user.' },
  'factor-totp': { ja: '第2段階認証方式が「TOTP」になりました。', en: 'The second-step method is now TOTP.' },
  'factor-mail-otp': { ja: '第2段階認証方式が「MailOTP」になりました。', en: 'The second-step method is now MailOTP.' },
  'factor-reset': {
    ja: '第2段階認証がリセットされました。第1パスワード、リカバリーコード、ログイン中のブラウザも無効になりました。',
    en: 'The second step was reset. Password, recovery codes and open logins are void.',
  },
  'identity-changed': {
    ja: '名前または電話番号が変更されました。パスワードを再設定するときの本人確認では、変更後の内容を入力します。変更後の内容は、プロフィールで確認できます。',
    en: 'The name or phone number was changed. They are asked for when a password is set anew. Your profile shows what they are now.',
  },
  'mail-requested': {
    ja: 'メールアドレスの変更が申し込まれました。新しいメールアドレスで確認されるまでは、今のメールアドレスでログインします。',
    en: 'A new email address was entered. Until it is confirmed there, the present one is used to log in.',
  },
  'mail-changed': { ja: 'メールアドレスが変更されました。', en: 'The email address was changed.' },
  'period-changed': {
    ja: '利用期間（利用開始日・利用終了日）が変更されました。期間外はログインできません。',
    en: 'The period of use (first and last day) was changed. Outside of it the user cannot log in.',
  },
  suspended: {
    ja: '一時停止されました。再開されるまでログインできません。',
    en: 'The user was suspended and cannot log in.',
  },
  resumed: { ja: '一時停止が解除されました。', en: 'The suspension was ended.' },
  deleted: { ja: '削除されました。ログインできません。', en: 'The user was deleted and cannot log in.' },
}

interface Lines {
  user: string
  what: string
  by: string
  at: string
}

const words = {
  own: { ja: 'ビジネスポータル ユーザー情報変更のお知らせ', en: 'Business Portal: your user was changed' },
  others: { ja: 'ビジネスポータル ユーザー変更のお知らせ', en: 'Business Portal: a user was changed' },
  ofThisAddress: { ja: 'このメールアドレスのユーザー', en: 'the one with this email address' },
  administrator: { ja: '御社のポータル管理者', en: 'a portal administrator of your company' },
  text: {
    ja: ({ user, what, by, at }: Lines) => `ビジネスポータルの次のユーザーに変更がありました。

ユーザー：${user}
${what}

変更した方：${by}
日時：${at}

お心当たりがない場合は、すぐに御社のポータル管理者にご連絡ください。

${mailLabels.sendOnly.ja}
`,
    en: ({ user, what, by, at }: Lines) => `This user of the Business Portal was changed.

User: ${user}
${what}

Changed by: ${by}
When: ${at}

If you did not expect this, tell a portal administrator of your company at once.

${mailLabels.sendOnly.en}
`,
  },
}

export interface UserChanged {
  /** Typed by customers. Absent for an address that nobody has confirmed: no word of a customer may reach a stranger. */
  names?: { user: string; by: string }
  told: readonly UserChange[]
  at: Date
  timeZone: string
  /** Written to the very user. */
  isOwn: boolean
}

/** Tells a user, or an administrator, what was done to the user. */
export function userChangedEmail(language: Language, { names, told, at, timeZone, isOwn }: UserChanged): Email {
  const text = inLanguage(words, language)
  const { user, by } = names ?? { user: text.ofThisAddress, by: text.administrator }
  const what = told.map((each) => changes[each][language]).join('\n')
  return {
    subject: isOwn ? text.own : text.others,
    text: text.text({ user, what, by, at: momentInMail(at, timeZone, language) }),
  }
}
