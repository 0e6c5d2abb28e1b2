import { Day } from '../ui/text/day.tsx'
import { Time } from '../ui/text/time.tsx'
import type { Language, Words } from '../words.ts'
import type { RowView } from './list.ts'
import type { View } from './page.ts'

/** Makes of what a page is looked at with what its rows are. The year of a time goes without saying if it is that of `now`. */
export function rowViewOf<Data, W extends Words>(view: View<Data, W>, now: Date = view.reader.now): RowView<Data, W> {
  const { language, timeZone: zone } = view.reader
  return {
    ...view,
    language,
    time: (at, format) => <Time at={at} zone={zone} language={language} now={now} format={format} />,
    day: (on) => <Day on={on} language={language} now={now} />,
  }
}

/** The word of this name. */
export function wordIn(words: Words, name: string, language: Language): string {
  const word = words[name]?.[language]
  if (typeof word !== 'string') throw new Error(`There is no word for ${name}`)
  return word
}
