import type { Email } from '#features/mails/enqueue.ts'
import { momentInMail } from '#features/mails/moment.ts'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
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

●本メールは送信専用のメールアドレスで送信しております。
`,
    en: (code: string, until: string) => `Somebody is signing in to the Business Portal with your user ID.
Enter this code on the second authentication screen.

Code: ${code}
Valid until: ${until}

The code works only on the screen where the login was begun. Tell it to nobody.
If this was not you, change your password and tell your portal administrator.

This mail was sent from an address that cannot receive replies.
`,
  },
}

/** The code of the second step. */
export function signInCodeEmail(
  language: Language,
  { code, expiresAt, timeZone }: { code: string; expiresAt: Date; timeZone: string },
): Email {
  const { subject, text } = inLanguage(words, language)
  return { subject, text: text(code, momentInMail(expiresAt, timeZone, language)) }
}
