import { findAwaitedSignIn } from '#features/sign-in/awaited.ts'
import { resendAfter, sendMailCode } from '#features/sign-in/send-code.ts'
import { seconds } from '#platform/time/duration.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { startAgain } from './after-second-step.ts'

const words = {
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

/** Target of 「コードを再送信する」. */
export const resendCodeAction = portal.action({
  path: paths.resendCode,
  allow: 'anybody',
  words,
  back: paths.secondStep,
  async submit(ctx, { words: text, asked: { cookies } }) {
    const awaited = await findAwaitedSignIn(ctx, cookies['sign-in'] ?? '')
    if (!awaited) return startAgain(ctx.language)
    if (!awaited.code) return redirect(paths.secondStep)
    const sent = await sendMailCode(ctx, { signInId: awaited.id, user: awaited.user })
    if (sent.ok) return redirect(paths.secondStep, { notice: text.sent })
    return redirect(paths.secondStep, { notice: text[sent.problem], refusal: sent })
  },
})
