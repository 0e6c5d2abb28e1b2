import { callGroupList } from '#features/call-groups/list.ts'
import type { GroupKind } from '#features/call-groups/values.ts'
import type { Contract } from '#features/contracts/find.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import type { ShownList } from '#platform/web/list-request.ts'
import type { Phrase } from '#platform/words.ts'
import { linkWords } from '../links.ts'
import { bringWords, LineHeading } from '../parts/line-heading.tsx'
import { NumberList } from '../parts/number-list.tsx'
import type { KindOf } from '../parts/list-kind.ts'
import { groupKindWords } from '../parts/target-words.tsx'
import { reservedChips, reservedChipsWords, reservedWord } from '../parts/reserved-chips.ts'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { groupColumns } from './group-columns.ts'
import { onwardSaid, onwardWords } from '../parts/onward-words.ts'

const words = {
  chips: reservedChipsWords,
  reserved: reservedWord,
  title: linkWords.callGroups,
  caption: { ja: '着信グループの一覧', en: 'Call groups' },
  noMatch: { ja: '条件に合う着信グループがありません', en: 'No call group matches' },
  none: { ja: '着信グループはまだありません', en: 'There are no call groups yet' },
  noneText: {
    ja: '着信グループを追加すると、1つの番号で複数の電話機を鳴らせます。',
    en: 'With a call group, one number rings several telephones.',
  },
  add: { ja: '着信グループを追加する', en: 'Add a call group' },
  ...groupColumns,
  bring: bringWords,
  memberCount: {
    ja: (rings: number, all: number) => (rings === all ? `${all}名` : `${all}名（鳴るのは${rings}名）`),
    en: (rings: number, all: number) => (rings === all ? String(all) : `${all} (${rings} ring)`),
  },
  nobody: { ja: 'どの電話機も鳴りません', en: 'No telephone rings' },
}

interface Data {
  list: ShownList<KindOf<typeof callGroupList>>
  contract: Contract
  changed: string | undefined
}

/** 着信グループ設定 */
export const callGroupsPage = settings.list({
  path: paths.callGroups,
  allow: 'line',
  words,
  from: callGroupList,
  load: async ({ contract }, { query }, read): Promise<Data> => ({
    list: await read(undefined),
    contract,
    changed: query['changed'],
  }),
  within: ({ contract }) => contract.service.code,
  heading: ({ data: { contract, changed }, words: text, reader: { language } }) => (
    <LineHeading
      language={language}
      contract={contract}
      heading={text.title}
      changed={changed}
      actions={
        contract.mayEdit && (
          <>
            <ButtonLink kind="secondary" href={paths.importCallGroups({ contract: contract.id })}>
              {text.bring}
            </ButtonLink>
            <ButtonLink icon="plus" href={paths.addCallGroup({ contract: contract.id })}>
              {text.add}
            </ButtonLink>
          </>
        )
      }
    />
  ),
  empty: ({ words: text }) => (
    <EmptyState icon="group" heading={text.none}>
      {text.noneText}
    </EmptyState>
  ),
  chips: { kind: { labels: groupKindWords satisfies Record<GroupKind, Phrase> }, reserved: reservedChips },
  columns: {
    number: {
      phone: 'before',
      cell: ({ number }) => <span class="number">{number}</span>,
      csv: ({ number }) => number,
    },
    name: {
      header: true,
      long: true,
      cell: ({ id, name }, { data }) => <a href={paths.callGroup({ contract: data.contract.id, id })}>{name}</a>,
      csv: ({ name }) => name,
    },
    kind: {
      cell: ({ kind }, { language }) => groupKindWords[kind][language],
      csv: ({ kind }, language) => groupKindWords[kind][language],
      phone: 'labelled',
    },
    ringSeconds: {
      number: true,
      phone: 'labelled',
      cell: ({ ringSeconds }) => ringSeconds,
      csv: ({ ringSeconds }) => ringSeconds,
    },
    members: {
      phone: 'labelled',
      cell: ({ members }, { words: text }) => {
        const rings = members.filter(({ isPaused, isEnabled }) => isEnabled && !isPaused).length
        return rings === 0 ? <Badge kind="trouble">{text.nobody}</Badge> : text.memberCount(rings, members.length)
      },
      csv: ({ members }) => members.map(({ number, isPaused }) => (isPaused ? `(${number})` : number)).join(' '),
    },
    numbers: {
      phone: 'labelled',
      cell: ({ numbers }) => <NumberList numbers={numbers} />,
      csv: ({ numbers }) => numbers.join(' '),
    },
    onward: {
      phone: 'labelled',
      cell: ({ afterwards }, { language }) => onwardSaid(afterwards, language),
      csv: ({ afterwards: { kind, number } }, language) => `${onwardWords[kind][language]} ${number}`.trim(),
    },
  },
  csv: paths.callGroupsCsv.pattern,
  whose: ({ contract }) => contract.number,
})
