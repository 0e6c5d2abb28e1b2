import { resendConfirmationCode } from '#features/sign-in/confirm.ts'
import { rowId } from '#platform/form.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { resendProblems } from '../sign-in/problem-words.ts'
import { loginRoom } from '../pages.ts'

const words = {
  ...resendProblems,
  'too-many-codes': {
    ja: 'コードを再送信できる回数を超えました。もとの画面からやり直すか、リカバリーコードをお使いください。',
    en: 'No more codes can be sent for this. Begin again from where you were, or use a recovery code.',
  },
  confirmation: { ja: '第二認証の確認', en: 'Confirmation' },
}

/** Target of 「コードを再送信する」 before what is critical. */
export const resendConfirmationAction = loginRoom.action({
  path: paths.resendConfirmation,
  allow: 'user',
  words,
  form: { confirmation: { label: words.confirmation, value: rowId } },
  back: paths.signIn,
  async submit(ctx, { words: text, input: { confirmation } }) {
    const there = paths.confirm({ id: confirmation })
    const sent = await resendConfirmationCode(ctx, confirmation)
    // The page says what became of it.
    if (!sent) return redirect(there)
    return redirect(there, sent.ok ? { notice: text.sent } : { notice: text[sent.problem], refusal: sent })
  },
})
