import type { JSX } from 'preact'
import { contractLabels } from '#sites/frame/guide-labels.ts'
import type { Effect } from '#features/user-groups/effect.ts'
import type { Place } from '#platform/list/paging.ts'
import { ListTools } from '#platform/ui/list/list-tools.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { effectSentence, levelWord } from './words.ts'

const words = {
  heading: { ja: '権限が変わるユーザー', en: 'Whose rights change' },
  user: { ja: 'ユーザー', en: 'User' },
  service: contractLabels.serviceName,
  before: { ja: '変更前', en: 'Before' },
  after: { ja: '変更後', en: 'After' },
  contracts: { ja: 'ご契約', en: 'Contracts' },
  pieces: { ja: (n: number) => `${n.toLocaleString('ja-JP')}件`, en: (n: number) => n.toLocaleString('en-GB') },
  over: {
    ja: 'ほかのユーザーグループの権限も合わせた結果です。',
    en: 'This counts the rights of all other groups too.',
  },
  later: {
    ja: '今後追加されるサービスやご契約にも、設定が適用されます。',
    en: ' Services and contracts that come later follow the same rules.',
  },
}

export interface EffectTableProps {
  effect: Pick<Effect<unknown>, 'rows' | 'total' | 'users'>
  language: Language
  path: string
  /** All of the query but the place. */
  query: Readonly<Record<string, string | undefined>>
  place: Place
  /** What changes is rights, not who has them. */
  ofRights?: boolean
}

/** Who gains and who loses what, before it happens. */
export function EffectTable({ effect, language, path, query, place, ofRights }: EffectTableProps): JSX.Element {
  const text = inLanguage(words, language)
  const { rows, total, users } = effect
  const [first, last] = [rows[0], rows.at(-1)]
  return (
    <>
      <Notice kind={users.loseView + users.loseEdit > 0 ? 'warning' : 'info'} heading={effectSentence(users, language)}>
        {text.over}
        {ofRights && text.later}
      </Notice>
      {first && last && (
        <Section heading={text.heading}>
          <ListTools
            language={language}
            path={path}
            query={query}
            place={place}
            total={total}
            edges={{ first: first.key, last: last.key }}
          />
          <Table
            caption={text.heading}
            rows={rows}
            rowKey={({ key }) => key.join(' ')}
            columns={[
              { label: text.user, header: true, long: true, cell: ({ row }) => row.user.name },
              { label: text.service, long: true, cell: ({ row }) => row.service[language] },
              { label: text.before, phone: 'labelled', cell: ({ row }) => levelWord(row.before, language) },
              {
                label: text.after,
                phone: 'labelled',
                cell: ({ row }) => <b>{levelWord(row.after, language)}</b>,
              },
              { label: text.contracts, phone: 'beside', cell: ({ row }) => text.pieces(row.contracts) },
            ]}
          />
        </Section>
      )}
    </>
  )
}
