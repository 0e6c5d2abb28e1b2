import { z } from 'zod'
import { incidentTopics } from '#features/mail-wishes/topics.ts'
import { addWishes, endWishesOf } from '#features/mail-wishes/wishes.ts'
import { rowId } from '#platform/form.ts'
import { redirect } from '#platform/web/page.ts'
import { ownPath, paths } from '../paths.ts'
import { portal } from '../site.tsx'

const words = {
  kind: { ja: '種類', en: 'Kind' },
  thing: { ja: '対象', en: 'About' },
  wanted: { ja: 'メール通知', en: 'Mail' },
  return: { ja: '戻り先', en: 'Way back' },
  on: {
    ja: '故障と工事をメールでお知らせします。「プロフィール」の「メール通知」で変更できます。',
    en: 'You will be told of faults and works by mail. Change it under “Mail notifications” of your profile.',
  },
  off: { ja: 'メール通知を停止しました。', en: 'You are not told by mail any more.' },
  'not-seen': {
    ja: 'メール通知を追加できませんでした。表示する権限がない可能性があります。',
    en: 'It could not be added. You may not have permission to view this.',
  },
  'too-many': {
    ja: '通知は200件まで追加できます。使わない通知を停止してから、もう一度追加してください。',
    en: 'There can be up to 200. End some that you do not need, then add this again.',
  },
}

/** Behind every MailWishButton: both topics at once. */
export const setMailWishAction = portal.action({
  path: paths.setMailWish,
  allow: 'user',
  words,
  form: {
    kind: { label: words.kind, value: z.enum(['service', 'contract']) },
    id: { label: words.thing, value: rowId },
    wanted: { label: words.wanted, value: z.enum(['on', 'off']) },
    return: { label: words.return, value: z.string().max(2000) },
  },
  back: paths.mailWishes,
  async submit(ctx, { input, words: text }) {
    const { kind, id, wanted } = input
    const to = ownPath(input.return) ?? paths.mailWishes
    if (wanted === 'off') {
      await endWishesOf(ctx, { kind, id })
      return redirect(to, { notice: text.off })
    }
    const added = await addWishes(ctx, incidentTopics, { kind, id })
    if (!added.ok) return redirect(to, { notice: text[added.problem], refusal: added })
    return redirect(to, { notice: text.on })
  },
})
