import type { JSX } from 'preact'
import { mostCalendars } from '#features/calendars/values.ts'
import type { CopyOutcome } from '#features/line-copies/copy.ts'
import { Table } from '#platform/ui/list/table.tsx'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  caption: { ja: 'ご契約ごとの結果', en: 'What became of it in each contract' },
  contract: { ja: 'ご契約番号', en: 'Contract' },
  where: { ja: '拠点・メモ', en: 'Site and memo' },
  became: { ja: '結果', en: 'What became of it' },
  see: { ja: '変更を見る・元に戻す', en: 'See it or undo it' },
  seeReserved: { ja: '予約を見る', en: 'See it' },
  counts: {
    ja: (copied: number, same: number, refused: number) =>
      `適用 ${copied}件、すでに同じ内容 ${same}件、適用できない ${refused}件`,
    en: (copied: number, same: number, refused: number) =>
      `Applied: ${copied}. The same already: ${same}. Not possible: ${refused}.`,
  },
  tried: {
    ja: (copied: number, same: number, refused: number) =>
      `適用できる ${copied}件、すでに同じ内容 ${same}件、適用できない ${refused}件`,
    en: (copied: number, same: number, refused: number) =>
      `Can be applied: ${copied}. The same already: ${same}. Not possible: ${refused}.`,
  },
  reservedCounts: {
    ja: (copied: number, same: number, refused: number) =>
      `予約 ${copied}件、すでに同じ内容 ${same}件、適用できない ${refused}件`,
    en: (copied: number, same: number, refused: number) =>
      `Reserved: ${copied}. The same already: ${same}. Not possible: ${refused}.`,
  },
  would: { ja: '異なります。適用できます', en: 'It differs, and can be applied' },
  copied: { ja: '適用しました', en: 'Applied' },
  reserved: { ja: '予約しました', en: 'Reserved' },
  same: { ja: 'すでに同じ内容です', en: 'The same already' },
}

type Room = NonNullable<CopyOutcome['line']>

/** Why it cannot be, in another contract: what to do there. */
const refusals: Readonly<Record<string, Phrase<(line: Room | undefined) => string>>> = {
  'number-taken': {
    ja: () => 'この番号は、このご契約では内線に使われています。',
    en: () => 'In this contract an extension has the number.',
  },
  'out-of-range': {
    ja: (line) => `このご契約の番号の範囲（${line?.firstExtension}〜${line?.lastExtension}）にありません。`,
    en: (line) => `The number is not from ${line?.firstExtension} to ${line?.lastExtension}, as in this contract.`,
  },
  'too-many': {
    ja: (line) => `このご契約の上限（着信グループ${line?.mostGroups}、内線${line?.mostExtensions}）を超えます。`,
    en: (line) =>
      `There is no room left in this contract (${line?.mostGroups} call groups, ${line?.mostExtensions} extensions).`,
  },
  'too-many-calendars': {
    ja: () => `このご契約の営業時間が、上限の${mostCalendars}件に達しています。`,
    en: () => `This contract has ${mostCalendars} business hours already, and no room for more.`,
  },
  'unconfirmed-outside': {
    ja: () =>
      '転送先の外線番号が、このご契約ではまだ確認されていません。このご契約の設定画面で転送先に設定すると、確認できます。',
    en: () => 'The number outside was not confirmed in this contract yet. Set it there, and it is.',
  },
  'unknown-then': {
    ja: () => 'だれも出ないときの番号が、このご契約にありません。',
    en: () => 'The number for when nobody answers is not in this contract.',
  },
  'then-itself': {
    ja: () => 'だれも出ないときの番号が、このグループ自身です。',
    en: () => 'The group would lead to itself.',
  },
  'no-voicemail': {
    ja: () => 'このご契約では留守番電話を使えません。',
    en: () => 'This contract has no voicemail.',
  },
  'unknown-member': {
    ja: () => 'メンバーの内線が、このご契約にありません。',
    en: () => 'An extension among the members is not in this contract.',
  },
  'name-taken': {
    ja: () => '同じ名前の営業時間が、このご契約に別にあります。',
    en: () => 'This contract has other business hours of that name.',
  },
  'unknown-closed': {
    ja: () => '営業時間外の着信先の番号が、このご契約にありません。',
    en: () => 'The number to which calls go when it is closed is not in this contract.',
  },
  'may-not-edit': {
    ja: () => 'このご契約を編集する権限がありません。',
    en: () => 'You may not edit this contract.',
  },
}

const otherwise: Phrase = {
  ja: 'このご契約では、この内容にできません。このご契約の設定を確認してください。',
  en: 'It cannot be set so in this contract. Look at its settings.',
}

export interface CopyOutcomesProps {
  outcomes: readonly CopyOutcome[]
  language: Language
  isTry?: boolean
}

/** What has become of a copy in each contract, or would become of it. */
export function CopyOutcomes({ outcomes, language, isTry = false }: CopyOutcomesProps): JSX.Element {
  const text = inLanguage(words, language)
  const count = (...of: string[]): number => outcomes.filter(({ became }) => of.includes(became)).length
  const [copied, same] = [count('copied'), count('same')]
  const isReserved = outcomes.some(({ reservation }) => reservation !== undefined)
  const counts = isTry ? text.tried : isReserved ? text.reservedCounts : text.counts
  return (
    <>
      <p role="status">{counts(copied, same, outcomes.length - copied - same)}</p>
      <Table
        caption={text.caption}
        rows={outcomes}
        rowKey={({ contract }) => contract.id}
        columns={[
          {
            label: text.contract,
            header: true,
            cell: ({ contract: { id, number } }) => (
              <a class="number" href={paths.top({ contract: id })}>
                {number}
              </a>
            ),
          },
          { label: text.where, cell: ({ contract: { site, memo } }) => [site, memo].filter(Boolean).join(' ') || '-' },
          {
            label: text.became,
            phone: 'below',
            long: true,
            cell: (outcome) => <Became outcome={outcome} language={language} isTry={isTry} />,
          },
        ]}
      />
    </>
  )
}

interface BecameProps {
  outcome: CopyOutcome
  language: Language
  isTry: boolean
}

function Became({ outcome, language, isTry }: BecameProps) {
  const text = inLanguage(words, language)
  const { contract, became, change, reservation, line } = outcome
  const of = { contract: contract.id }
  if (became === 'same') return <PlainState>{text.same}</PlainState>
  if (became !== 'copied')
    return (
      <>
        <Badge kind="warning" icon="alert">
          {refusals[became]?.[language](line) ?? otherwise[language]}
        </Badge>
      </>
    )
  if (isTry) return <PlainState>{text.would}</PlainState>
  return (
    <>
      <PlainState>{reservation === undefined ? text.copied : text.reserved}</PlainState>{' '}
      {change !== undefined && <a href={paths.lineChange({ ...of, change: String(change) })}>{text.see}</a>}
      {reservation !== undefined && <a href={paths.reservation({ ...of, id: reservation })}>{text.seeReserved}</a>}
    </>
  )
}
