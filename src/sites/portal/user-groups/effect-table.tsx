import type { JSX } from 'preact'
import type { ChangedContract } from '#features/user-groups/changed-contracts.ts'
import { mostNamed } from '#features/user-groups/changed-contracts.ts'
import type { Effect, EffectRow, LevelChange } from '#features/user-groups/effect.ts'
import { hrefOf, type ListQuery } from '#platform/ui/list/list-query.tsx'
import { ListTools } from '#platform/ui/list/list-tools.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { Person } from '../users/person.tsx'
import type { Looked } from './opened-person.ts'
import { effectSentence, levelWord } from './words.ts'

const words = {
  heading: { ja: '権限が変わるユーザー', en: 'Whose rights change' },
  user: { ja: 'ユーザー', en: 'User' },
  people: { ja: '名', en: '' },
  changes: { ja: '変わる権限', en: 'What changes' },
  change: {
    ja: (what: string, before: string, after: string) => `${what}：${before} → ${after}`,
    en: (what: string, before: string, after: string) => `${what}: ${before} → ${after}`,
  },
  pieces: {
    ja: (n: number) => `（${n.toLocaleString('ja-JP')}件）`,
    en: (n: number) => ` (${n.toLocaleString('en-GB')})`,
  },
  contracts: { ja: 'ご契約', en: 'Contracts' },
  open: { ja: '契約を表示する', en: 'Show the contracts' },
  openOf: {
    ja: (name: string) => `${name}さんの契約を表示する`,
    en: (name: string) => `Show the contracts of ${name}`,
  },
  close: { ja: '契約を閉じる', en: 'Hide the contracts' },
  closeOf: { ja: (name: string) => `${name}さんの契約を閉じる`, en: (name: string) => `Hide the contracts of ${name}` },
  more: {
    ja: `ほかにもあります（${mostNamed}件まで表示しています）。`,
    en: `There are more: these are the first ${mostNamed}.`,
  },
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
  query: ListQuery
  looked: Looked
  /** What changes is rights, not who has them. */
  ofRights?: boolean
}

/** Who gains and who loses what, before it happens. */
export function EffectTable(props: EffectTableProps): JSX.Element {
  const { effect, language, path, query, looked, ofRights } = props
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
            place={looked.place}
            total={total}
            unit={text.people}
            edges={{ first: first.key, last: last.key }}
          />
          <Table
            caption={text.heading}
            rows={rows}
            rowKey={({ key }) => key.join(' ')}
            columns={[
              { label: text.user, header: true, long: true, cell: ({ row }) => <Person {...row.user} /> },
              { label: text.changes, long: true, phone: 'below', cell: ({ row }) => <Changes row={row} {...props} /> },
              { label: text.contracts, phone: 'end', cell: ({ row }) => <Opening row={row} {...props} /> },
            ]}
          />
        </Section>
      )}
    </>
  )
}

interface RowProps extends EffectTableProps {
  row: EffectRow
}

function Changes({ row: { user, changes }, language, looked: { opened } }: RowProps) {
  const text = inLanguage(words, language)
  const said = (change: Pick<LevelChange, 'before' | 'after'>, what: string): string =>
    text.change(what, levelWord(change.before, language), levelWord(change.after, language))
  const contracts = opened?.userId === user.id ? opened.contracts : []
  return (
    <>
      <ul>
        {changes.map((change) => (
          <li key={`${change.service.ja} ${change.before} ${change.after}`}>
            {said(change, change.service[language])}
            {text.pieces(change.contracts)}
          </li>
        ))}
      </ul>
      {contracts.length > 0 && (
        <ul class="small-text" id={`of-${user.id}`}>
          {contracts.map((contract: ChangedContract) => (
            <li key={contract.number}>{said(contract, `${contract.number} ${contract.service[language]}`)}</li>
          ))}
          {contracts.length === mostNamed && <li>{text.more}</li>}
        </ul>
      )}
    </>
  )
}

/** A link, for the contracts of everybody at once could be thousands. */
function Opening({ row: { user }, language, path, query, looked: { at, opened } }: RowProps) {
  const text = inLanguage(words, language)
  const isOpen = opened?.userId === user.id
  const href = hrefOf(path, { ...query, ...at, person: isOpen ? undefined : user.id })
  return (
    <a
      href={isOpen ? href : `${href}#of-${user.id}`}
      aria-label={isOpen ? text.closeOf(user.name) : text.openOf(user.name)}
    >
      {isOpen ? text.close : text.open}
    </a>
  )
}
