import type { Words } from '#platform/words.ts'

/** What stands in the mails of the operator's usage guide (its rows 1 to 6), to the letter in Japanese. */
export const mailLabels = {
  openingNotice: { ja: '開通案内', en: 'Opening notice' },
  registrationSubject: {
    ja: (operator: string) => `${operator} ビジネスポータル ユーザ登録受付メール`,
    en: (operator: string) => `${operator} Business Portal: user registration`,
  },
  passwordUrl: { ja: 'ビジネスポータルパスワード登録URL', en: 'Business Portal password registration URL' },
  validUntil: { ja: '有効期限：', en: 'Valid until: ' },
  resetPassword: { ja: 'パスワード再設定はこちら', en: 'Reset your password' },
  signInPage: { ja: 'ビジネスポータルログイン画面', en: 'Business Portal login page' },
  sendOnly: {
    ja: '●本メールは送信専用のメールアドレスで送信しております。',
    en: 'This mail was sent from an address that cannot receive replies.',
  },
} satisfies Words
