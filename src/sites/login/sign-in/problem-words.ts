import { resendAfter } from '#features/sign-in/send-code.ts'
import { seconds } from '#platform/time/duration.ts'
import type { CodeProblem, OverProblem } from '#features/sign-in/finish.ts'
import type { Phrase } from '#platform/words.ts'

/** Of a code of an authenticator app whose time is another. */
export const clockOff: Phrase = {
  ja: '入力したコードは、いまの時刻のものではありません。認証アプリの端末の日付と時刻を自動設定にしてから、次に表示されるコードを入力してください。',
  en: 'This code is not of the present time. Set date and time of the device with the app to automatic, then enter the next code it shows.',
}

/** What the second step says at its field, whichever code was asked for. */
export const codeProblems: Record<CodeProblem, Phrase> = {
  'wrong-code': {
    ja: 'コードが正しくありません。最新のコードを確認して、もう一度入力してください。',
    en: 'The code is not right. Check the newest code and enter it again.',
  },
  'code-expired': {
    ja: 'コードの有効期限が切れました。「コードを再送信する」から新しいコードを受け取ってください。',
    en: 'The code has expired. Ask for a new one with “Send a new code”.',
  },
  'code-used': {
    ja: 'このコードはすでに使用されています。認証アプリに次のコードが表示されるまで（最大30秒）待って、そのコードを入力してください。',
    en: 'This code has been used already. Wait until the app shows the next one, 30 seconds at most, and enter that.',
  },
  'clock-off': clockOff,
}

/** What is said at the first step, where a login leads that is over. */
export const overProblems: Record<OverProblem, Phrase> = {
  locked: {
    ja: 'ログインの失敗が続いたため、このユーザIDでのログインを一時停止しています。30分以上おいて、もう一度お試しください。',
    en: 'Logging in with this user ID is stopped for a while because it failed several times in a row. Try again after 30 minutes.',
  },
  'too-many-codes': {
    ja: 'このユーザIDで入力できるコードの回数を超えました。1時間以上おいて、もう一度お試しください。',
    en: 'Too many codes were entered for this user ID. Try again after an hour.',
  },
  'code-used-up': {
    ja: 'コードを入力できる回数を超えたため、ログインを終了しました。第一認証からやり直してください。',
    en: 'The code was tried too often, so the login was ended. Begin again with the first step.',
  },
  'address-refused': {
    ja: '御社のアクセス制限設定により、いまのアクセス元からは利用できないため、ログインを終了しました。許可されたネットワークからログインするか、御社のポータル管理者にお問い合わせください。',
    en: 'Your company allows logins from certain networks alone, and you are not in one of them, so the login was ended. Log in from an allowed one, or ask your portal administrator.',
  },
  'start-again': {
    ja: 'ログインの途中で時間が過ぎたか、別の画面でログインが終わりました。第一認証からやり直してください。',
    en: 'The login took too long or was finished in another window. Begin again with the first step.',
  },
}

/** What came of asking for another code. */
export const resendProblems = {
  sent: {
    ja: '新しいコードを送信しました。以前のコードは使えません。',
    en: 'A new code was sent. Older codes no longer work.',
  },
  'too-soon': {
    ja: `コードは、前の送信から${resendAfter / seconds}秒後に再送信できます。届いていない場合は、少し待ってからもう一度「コードを再送信する」を押してください。`,
    en: `A new code can be sent ${resendAfter / seconds} seconds after the last one. If none has arrived, wait a moment and press “Send a new code” again.`,
  },
  'too-many-codes': {
    ja: 'コードを再送信できる回数を超えました。第一認証からやり直してください。',
    en: 'No more codes can be sent for this login. Begin again with the first step.',
  },
}
