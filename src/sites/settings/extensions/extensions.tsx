import type { Contract } from '#features/contracts/find.ts'
import type { Extension } from '#features/extensions/extension.ts'
import { extensionList, type ListedExtension } from '#features/extensions/list.ts'
import type { Line } from '#features/lines/open.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { ShownList } from '#platform/web/list-request.ts'
import type { KindOf } from '../parts/list-kind.ts'
import { linkWords } from '../links.ts'
import { bringWords, LineHeading } from '../parts/line-heading.tsx'
import { NumberList } from '../parts/number-list.tsx'
import { reservedChips, reservedWord } from '../parts/reserved-chips.ts'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { enabledCells, extensionColumns, hiddenCells } from './extension-columns.ts'

const words = {
  reserved: reservedWord,
  title: linkWords.extensions,
  caption: { ja: '内線の一覧', en: 'Extensions' },
  noMatch: { ja: '条件に合う内線がありません', en: 'No extension matches' },
  none: { ja: '内線はまだありません', en: 'There are no extensions yet' },
  noneText: {
    ja: '内線を追加すると、外線番号や着信グループに紐づけられます。',
    en: 'Once added, they can be bound to outside numbers and call groups.',
  },
  count: {
    ja: (count: number, most: number) => `${count}／${most}内線`,
    en: (count: number, most: number) => `${count} of ${most} extensions`,
  },
  add: { ja: '内線を追加する', en: 'Add extensions' },
  ...extensionColumns,
  ...enabledCells,
  ...hiddenCells,
  absences: { ja: '不在時動作をまとめて設定する', en: 'Absence of several' },
  absenceOf: { ja: (number: string) => `${number}の不在時動作`, en: (number: string) => `Absence of ${number}` },
  notForwarded: { ja: 'なし', en: 'None' },
  forwarded: { ja: (count: number) => `${count}件`, en: (count: number) => String(count) },
  bring: bringWords,
}

interface Data {
  list: ShownList<KindOf<typeof extensionList>>
  contract: Contract
  line: Line
  changed: string | undefined
}

/** 内線 */
export const extensionsPage = settings.list({
  path: paths.extensions,
  allow: 'line',
  words,
  from: extensionList,
  load: async ({ contract, line }, { query }, read): Promise<Data> => ({
    list: await read(undefined),
    contract,
    line,
    changed: query['changed'],
  }),
  within: ({ contract }) => contract.service.code,
  heading: ({ data: { list, contract, line, changed }, words: text, reader: { language } }) => (
    <LineHeading
      language={language}
      contract={contract}
      heading={text.title}
      about={text.count(line.extensions, line.mostExtensions)}
      changed={changed}
      actions={
        contract.mayEdit && (
          <>
            <ButtonLink kind="secondary" icon="forward" href={absencesOf(contract.id, list)}>
              {text.absences}
            </ButtonLink>
            <ButtonLink kind="secondary" href={paths.importExtensions({ contract: contract.id })}>
              {text.bring}
            </ButtonLink>
            <ButtonLink icon="plus" href={paths.addExtensions({ contract: contract.id })}>
              {text.add}
            </ButtonLink>
          </>
        )
      }
    />
  ),
  empty: ({ words: text }) => (
    <EmptyState icon="phone" heading={text.none}>
      {text.noneText}
    </EmptyState>
  ),
  chips: { reserved: reservedChips },
  columns: {
    number: {
      header: true,
      cell: ({ extension: { id, number } }, { data }) => (
        <a class="number" href={paths.extension({ contract: data.contract.id, id })}>
          {number}
        </a>
      ),
      csv: ({ extension }) => extension.number,
    },
    name: {
      long: true,
      phone: 'beside',
      cell: ({ extension }) => extension.name || '-',
      csv: ({ extension }) => extension.name,
    },
    kana: { csv: ({ extension }) => extension.kana },
    numbers: {
      cell: ({ numbers }) => <NumberList numbers={numbers} />,
      csv: ({ numbers }) => numbers.join(' '),
      phone: 'labelled',
    },
    groups: {
      phone: 'labelled',
      cell: ({ groups }, { data }) => groupsCell(groups, data.contract.id),
      csv: ({ groups }) => groups.map(({ number }) => number).join(' '),
    },
    forwards: {
      phone: 'labelled',
      cell: ({ extension: { id, number }, forwards }, { data, words: text }) => (
        <a href={paths.absence({ contract: data.contract.id, id })}>
          {forwards > 0 ? text.forwarded(forwards) : text.notForwarded}
          <span class="visually-hidden">（{text.absenceOf(number)}）</span>
        </a>
      ),
      csv: ({ forwards }) => forwards,
    },
    callerNumber: { csv: ({ extension }) => extension.callerNumber ?? '' },
    hidesCaller: { csv: ({ extension }, language) => (extension.hidesCaller ? words.hidden[language] : '') },
    ringSeconds: { csv: ({ extension }) => extension.ringSeconds },
    enabled: {
      phone: 'end',
      cell: ({ extension }, { words: text }) => enabledCell(extension, text),
      csv: ({ extension: { isEnabled } }, language) => words[isEnabled ? 'on' : 'off'][language],
    },
  },
  csv: paths.extensionsCsv.pattern,
  whose: ({ contract }) => contract.number,
})

/** Of those that the list finds by its keywords. */
function absencesOf(contract: string, { query }: Data['list']): string {
  const { q } = query
  return hrefOf(paths.absences({ contract }), q === undefined ? {} : { q })
}

function groupsCell(groups: ListedExtension['groups'], contract: string) {
  if (groups.length === 0) return '-'
  return groups.map(({ id, number, name }, at) => (
    <>
      {at > 0 && ', '}
      <a href={paths.callGroup({ contract, id })}>
        {number} {name}
      </a>
    </>
  ))
}

function enabledCell({ isEnabled }: Extension, text: { on: string; off: string }) {
  return isEnabled ? <PlainState>{text.on}</PlainState> : <Badge kind="plain">{text.off}</Badge>
}
