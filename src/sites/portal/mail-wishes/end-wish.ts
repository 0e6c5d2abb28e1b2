import { endWish } from '#features/mail-wishes/wishes.ts'
import { rowId } from '#platform/form.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

const words = {
  wish: { ja: '通知', en: 'Notification' },
  ended: { ja: '通知を停止しました。', en: 'The notification was ended.' },
}

/** Target of 「停止する」. */
export const endMailWishAction = portal.action({
  path: paths.endMailWish,
  allow: 'user',
  words,
  form: { wish: { label: words.wish, value: rowId } },
  back: paths.mailWishes,
  async submit(ctx, { input, words: text }) {
    await endWish(ctx, input.wish)
    return redirect(paths.mailWishes, { notice: text.ended })
  },
})
