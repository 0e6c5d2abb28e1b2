import type { Email } from '#features/mails/sealed.ts'
import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  'sign-in': {
    subject: {
      ja: 'ビジネスポータル ワンタイムパスワードのお知らせ',
      en: 'Business Portal: your one-time code',
    },
    text: {
      ja: (code: string, until: string) => `ビジネスポータルへのログインを受け付けました。
第二認証画面で、次のコードを入力してください。

認証コード：${code}
有効期限：${until}

このコードは、ログインを始めた画面だけで使えます。だれにも伝えないでください。
お心当たりがない場合は、第1パスワードを変更し、御社のポータル管理者にご連絡ください。

${mailLabels.sendOnly.ja}
`,
      en: (code: string, until: string) => `Somebody is logging in to the Business Portal with your user ID.
Enter this code on the second authentication screen.

Code: ${code}
Valid until: ${until}

The code works only on the screen where the login was begun. Tell it to nobody.
If this was not you, change your password and tell your portal administrator.

${mailLabels.sendOnly.en}
`,
    },
  },
  confirmation: {
    subject: {
      ja: 'ビジネスポータル 設定変更の確認コードのお知らせ',
      en: 'Business Portal: your code to confirm a change',
    },
    text: {
      ja: (code: string, until: string) => `ログイン中のビジネスポータルで、大切な設定の変更を受け付けました。
第二認証画面で、次のコードを入力してください。

認証コード：${code}
有効期限：${until}

このコードは、変更を始めた画面だけで使えます。だれにも伝えないでください。
お心当たりがない場合は、ほかの人がログインしているおそれがあります。すぐに第1パスワードを変更し、御社のポータル管理者にご連絡ください。

${mailLabels.sendOnly.ja}
`,
      en: (
        code: string,
        until: string,
      ) => `Somebody who is logged in to the Business Portal as you is about to change an important setting.
Enter this code on the second authentication screen.

Code: ${code}
Valid until: ${until}

The code works only on the screen where the change was begun. Tell it to nobody.
If this was not you, somebody else may be logged in as you: change your password at once and tell your portal administrator.

${mailLabels.sendOnly.en}
`,
    },
  },
}

/** The code of the second step: of a login, or of a confirmation within a session. */
export function signInCodeEmail(
  language: Language,
  {
    purpose,
    code,
    expiresAt,
    timeZone,
  }: { purpose: keyof typeof words; code: string; expiresAt: Date; timeZone: string },
): Email {
  const { subject, text } = inLanguage(words[purpose], language)
  return { subject, text: text(code, momentInMail(expiresAt, timeZone, language)) }
}
