import { endOwnTrust, endTrustOf } from '#features/trusted-browsers/end-trust.ts'
import { rowId } from '#platform/form.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { trustWords } from './words.ts'

const words = {
  browser: trustWords.browser,
  ended: { ja: '選んだブラウザを解除しました。', en: 'The second step is asked for there again.' },
  gone: { ja: '選んだブラウザは、すでに解除されています。', en: 'It had ended there already.' },
}

const form = { browser: { label: words.browser, value: rowId } }

/** Target of 「解除する」 of one's own. */
export const endOwnTrustAction = portal.action({
  path: paths.endOwnTrust,
  allow: 'user',
  words,
  form,
  back: paths.ownTrusted,
  async submit(ctx, { input, words: text }) {
    const ended = await endOwnTrust(ctx, input.browser)
    return redirect(paths.ownTrusted, { notice: ended ? text.ended : text.gone })
  },
})

/** Target of an administrator's 「解除する」. */
export const endTrustAction = portal.action({
  path: paths.endTrust,
  allow: 'portal-administrator',
  words,
  form,
  back: paths.trustedBrowsers,
  async submit(ctx, { input, words: text }) {
    const ended = await endTrustOf(ctx, input.browser)
    return redirect(paths.trustedBrowsers, { notice: ended ? text.ended : text.gone })
  },
})
