import type { JSX } from 'preact'
import type { Use, Uses } from '#features/inside-numbers/uses.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  none: { ja: 'どこからも使われていません。', en: 'Nothing uses it.' },
  more: { ja: (count: number) => `ほか${count}件`, en: (count: number) => `and ${count} more` },
  number: { ja: '外線番号の着信先', en: 'Target of an outside number' },
  'number-closed': { ja: '外線番号の営業時間外の着信先', en: 'Target of an outside number when closed' },
  'group-member': { ja: '着信グループのメンバー', en: 'Member of a call group' },
  'group-then': { ja: '着信グループでだれも出ないときの着信先', en: 'Where a call group leads when nobody answers' },
  forward: { ja: '内線の転送先', en: 'Forward of an extension' },
}

/** What names an extension or a group, each with the page on which it is changed. */
export function UsesList({
  uses: { uses, count },
  contract,
  language,
}: {
  uses: Uses
  contract: string
  language: Language
}): JSX.Element {
  const text = inLanguage(words, language)
  if (count === 0) return <p>{text.none}</p>
  return (
    <ul>
      {uses.map((use) => (
        <li key={`${use.by} ${use.number}`}>
          {text[use.by]}：<a href={addressOf(use, contract)}>{nameOf(use)}</a>
        </li>
      ))}
      {count > uses.length && <li>{text.more(count - uses.length)}</li>}
    </ul>
  )
}

function addressOf({ by, id }: Use, contract: string): string {
  if (by === 'number' || by === 'number-closed') return paths.number({ contract, id })
  return by === 'forward' ? paths.extension({ contract, id }) : paths.callGroup({ contract, id })
}

function nameOf({ by, number, name }: Use): string {
  return by === 'number' || by === 'number-closed' ? `${hyphened(number)} ${name}`.trim() : `${number} ${name}`.trim()
}
