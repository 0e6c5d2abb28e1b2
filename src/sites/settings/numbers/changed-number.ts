import type { LineContext } from '#features/lines/open.ts'
import type { ExternalNumber } from '#features/numbers/number.ts'
import { sentenceOf } from '#platform/web/meanwhile-words.ts'
import { lastChangeOf } from '../parts/last-change.ts'
import { loadedFrom, loadedValue } from './binding-rows.ts'

const words = {
  values: {
    ja: (was: string, is: string) => `編集を始めたとき：${was}、現在：${is}。`,
    en: (was: string, is: string) => ` When you began: ${was}; now: ${is}.`,
  },
  none: { ja: '未割当', en: 'not bound' },
}

/** Who has changed a number of the list meanwhile, what it was when the form was made (`was`), and what it is now. */
export async function changeSaid(ctx: LineContext, row: ExternalNumber, was = ''): Promise<string> {
  const { language, actor, now } = ctx
  const reader = { language, isSignedIn: true, timeZone: actor.timeZone, now }
  const said = (loaded: string): string => {
    const [target, memo] = loadedFrom(loaded) ?? []
    const each = [target, memo].filter(Boolean).join(' ')
    return each === '' ? words.none[language] : each
  }
  const sentence = sentenceOf(await lastChangeOf(ctx, row.number), reader, actor.userId)
  return sentence + words.values[language](said(was), said(loadedValue(row)))
}
