import { findAwaitedSignIn } from '#features/sign-in/awaited.ts'
import { sendMailCode } from '#features/sign-in/send-code.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'
import { startAgain } from './after-second-step.ts'
import { resendProblems } from './problem-words.ts'

/** Target of 「コードを再送信する」. */
export const resendCodeAction = loginRoom.action({
  path: paths.resendCode,
  allow: 'anybody',
  words: resendProblems,
  back: paths.secondStep,
  async submit(ctx, { words: text, asked: { cookies } }) {
    const awaited = await findAwaitedSignIn(ctx, cookies['sign-in'] ?? '')
    if (!awaited) return startAgain(ctx.language)
    if (awaited.isRefused) return startAgain(ctx.language, 'address-refused')
    if (!awaited.code) return redirect(paths.secondStep)
    const sent = await sendMailCode(ctx, { signInId: awaited.id, user: awaited.user })
    if (sent.ok) return redirect(paths.secondStep, { notice: text.sent })
    return redirect(paths.secondStep, { notice: text[sent.problem], refusal: sent })
  },
})
