import type { JSX } from 'preact'
import type { Conflict } from '../../form.ts'
import { type In, inLanguage, type Language } from '../../words.ts'

const words = {
  caption: { ja: '変更された項目', en: 'What was changed' },
  field: { ja: '項目', en: 'Field' },
  former: { ja: '編集を始めたとき', en: 'When you began' },
  theirs: { ja: '現在', en: 'Now' },
  yours: { ja: '入力した内容', en: 'What you entered' },
  none: { ja: 'なし', en: 'None' },
  unknown: { ja: '不明', en: 'Not known' },
  untouched: { ja: '（変更していません）', en: '(not changed by you)' },
  how: {
    ja: '下の入力欄には、あなたが変更した項目は入力した内容が、そのほかの項目は現在の内容が入っています。',
    en: 'The fields below hold what you entered where you changed something, and what is so now elsewhere.',
  },
}

/** What others have changed since a form was made, field by field: as it was, as it is now, and as it was filled in. */
export function ConflictTable({
  conflict,
  language,
}: {
  conflict: readonly Conflict[]
  language: Language
}): JSX.Element {
  const text = inLanguage(words, language)
  const values = ['former', 'theirs', 'yours'] as const
  return (
    <>
      <div class="table-frame">
        <table class="table" role="table">
          <caption class="visually-hidden">{text.caption}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {[text.field, ...values.map((value) => text[value])].map((label) => (
                <th scope="col" role="columnheader" key={label}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {conflict.map((each) => (
              <tr role="row" key={each.field}>
                <th scope="row" role="rowheader">
                  {each.field}
                </th>
                {values.map((value) => (
                  <td role="cell" class="phone-labelled cell-long" data-label={text[value]} key={value}>
                    {said(each, value, text)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>{text.how}</p>
    </>
  )
}

function said(each: Conflict, value: 'former' | 'theirs' | 'yours', text: In<typeof words>): string {
  if (value === 'former' && each.former === undefined) return text.unknown
  if (value === 'yours' && !each.isMine) return text.untouched
  const shown = each[value]
  return shown === undefined || shown === '' ? text.none : shown
}
