import { z } from 'zod'
import { mostPins, setPin } from '#features/shortcuts/set-pin.ts'
import { thingFields } from '#features/subjects/thing.ts'
import { redirect } from '#platform/web/page.ts'
import { ownPath, paths } from '../paths.ts'
import { portal } from '../site.tsx'

const words = {
  kind: { ja: '種類', en: 'Kind' },
  thing: { ja: 'ピン留めするもの', en: 'What to pin' },
  wanted: { ja: 'ピン留め', en: 'Pin' },
  return: { ja: '戻り先', en: 'Way back' },
  pinned: { ja: 'ピン留めしました。', en: 'Pinned.' },
  unpinned: { ja: 'ピン留めを外しました。', en: 'Unpinned.' },
  'not-found': {
    ja: 'ピン留めできませんでした。移動または削除されたか、表示する権限がない可能性があります。',
    en: 'It could not be pinned. It may have been moved or deleted, or you may not have permission to view it.',
  },
  'too-many-pins': {
    ja: `ピン留めは${mostPins}件まで登録できます。使わないピン留めを外してから、もう一度ピン留めしてください。`,
    en: `You can pin up to ${mostPins} things. Unpin what you do not use, then pin this again.`,
  },
}

/** Behind every PinButton. */
export const pinAction = portal.action({
  path: paths.pin,
  allow: 'user',
  words,
  form: {
    kind: { label: words.kind, value: thingFields.kind },
    id: { label: words.thing, value: thingFields.id },
    wanted: { label: words.wanted, value: z.enum(['on', 'off']) },
    return: { label: words.return, value: z.string().max(2000) },
  },
  back: paths.pinned,
  async submit(ctx, { input, words: text }) {
    const { kind, id, wanted } = input
    const set = await setPin(ctx, { thing: { kind, id }, isPinned: wanted === 'on' })
    const to = ownPath(input.return) ?? paths.pinned
    if (!set.ok) return redirect(to, { notice: text[set.problem], refusal: set })
    return redirect(to, { notice: wanted === 'on' ? text.pinned : text.unpinned })
  },
})
