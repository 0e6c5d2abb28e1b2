import type { SecondStepProblem } from '#features/sign-in/finish.ts'
import type { Phrase } from '#platform/words.ts'

/** What the second step says when it refuses, whichever code was asked for. */
export const secondStepProblems: Record<Exclude<SecondStepProblem, 'start-again'>, Phrase> = {
  'wrong-code': {
    ja: 'コードが正しくありません。最新のコードを確認して、もう一度入力してください。',
    en: 'The code is not right. Check the newest code and enter it again.',
  },
  'code-expired': {
    ja: 'コードの有効期限が切れたか、入力できる回数を超えました。「コードを再送信する」から新しいコードを受け取ってください。',
    en: 'The code has expired or was tried too often. Ask for a new one with “Send a new code”.',
  },
  locked: {
    ja: 'ログインの失敗が続いたため、このユーザIDでのログインを一時停止しています。30分以上おいて、もう一度お試しください。',
    en: 'Logging in with this user ID is stopped for a while because it failed several times in a row. Try again after 30 minutes.',
  },
  'too-many-codes': {
    ja: 'このユーザIDで入力できるコードの回数を超えました。1時間以上おいて、もう一度お試しください。',
    en: 'Too many codes were entered for this user ID. Try again after an hour.',
  },
}
