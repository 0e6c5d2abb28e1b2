import { findAwaitedSignIn } from '#features/sign-in/awaited.ts'
import { sendMailCode } from '#features/sign-in/send-code.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portalPage } from '../portal-page.ts'
import { startAgain } from './after-second-step.ts'

const words = {
  sent: { ja: '新しいコードを送信しました。', en: 'A new code was sent.' },
  sentText: { ja: '以前のコードは使えません。', en: 'Older codes no longer work.' },
  'too-soon': {
    ja: 'コードは、前の送信から30秒後に再送信できます。',
    en: 'A new code can be sent 30 seconds after the last one.',
  },
  'too-many-codes': {
    ja: 'コードを再送信できる回数を超えました。第一認証からやり直してください。',
    en: 'No more codes can be sent for this login. Begin again with the first step.',
  },
}

/** Target of 「コードを再送信する」. */
export const resendCodePage = portalPage({
  path: paths.resendCode,
  allow: 'anybody',
  words,
  load: async (ctx, { cookies }) =>
    (await findAwaitedSignIn(ctx, cookies['sign-in'] ?? '')) ?? startAgain(ctx.language),
  async submit(ctx, { data, words: text }) {
    if (!data.code) return redirect(paths.secondStep)
    const sent = await sendMailCode(ctx, { signInId: data.id, user: data.user })
    return redirect(paths.secondStep, { notice: sent.ok ? `${text.sent}${text.sentText}` : text[sent.problem] })
  },
})
