import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'

interface Said {
  by: string
  ask: string
  url: string
  until: string
  helpUrl: string
}

const words = {
  by: {
    administrator: { ja: '御社のポータル管理者', en: 'A portal administrator of your company' },
    operator: { ja: '通信事業者（弊社）', en: 'Your operator' },
  },
  ask: {
    administrator: { ja: '御社のポータル管理者', en: 'a portal administrator of your company' },
    operator: { ja: '弊社の窓口', en: 'our contact window' },
  },
  subject: {
    ja: 'ビジネスポータル 第2段階認証の再設定のご案内',
    en: 'Business Portal: set up your second step again',
  },
  text: {
    ja: ({ by, ask, url, until, helpUrl }: Said) => `${by}が、第2段階認証をリセットしました。
次のURLから、パスワードと第2段階認証をもう一度設定してください。設定が終わるまで、ログインできません。

■${mailLabels.passwordUrl.ja}
${url}
${mailLabels.validUntil.ja}${until}

このURLから登録できるのは1回だけです。ほかの人に伝えないでください。
有効期限を過ぎたときは、ログイン画面の「${mailLabels.resetPassword.ja}」から、新しいURLをご自身で発行できます。

■設定手順
${helpUrl}

お心当たりがない場合は、すぐに${ask}にご連絡ください。

${mailLabels.sendOnly.ja}
`,
    en: ({ by, ask, url, until, helpUrl }: Said) => `${by} has reset your second step.
Set your password and your second step again at this URL. Until then you cannot log in.

${mailLabels.passwordUrl.en}
${url}
${mailLabels.validUntil.en}${until}

The URL works once. Give it to nobody.
After that time you can get a new one by yourself: choose “${mailLabels.resetPassword.en}” on the login page.

How to do it
${helpUrl}

If you did not expect this, tell ${ask} at once.

${mailLabels.sendOnly.en}
`,
  },
}

interface Facts {
  resetBy: 'administrator' | 'operator'
  url: string
  helpUrl: string
  expiresAt: Date
  timeZone: string
}

/** The URL by which a user sets up anew what an administrator has reset, or the operator. */
export function setupUrlEmail(language: Language, { resetBy, expiresAt, timeZone, ...links }: Facts): Email {
  const { subject, text } = inLanguage({ subject: words.subject, text: words.text }, language)
  const [by, ask] = [words.by[resetBy][language], words.ask[resetBy][language]]
  return { subject, text: text({ by, ask, ...links, until: momentInMail(expiresAt, timeZone, language) }) }
}
