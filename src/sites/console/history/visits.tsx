import { visitList } from '#features/staff/visits.ts'
import { staffNumber } from '#features/staff/find.ts'
import { isId } from '#platform/form.ts'
import { PlainState } from '#platform/ui/text/status.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { HistoryTabs, historyWords } from './history-tabs.tsx'

const words = {
  title: historyWords.visits,
  lead: {
    ja: 'どの担当者が、いつ、どのお客様の画面を開いたかを、新しい順に表示します（2年分）。',
    en: 'Who of the staff opened a page of which customer, and when, for two years; the newest first.',
  },
  none: { ja: '閲覧はまだありません。', en: 'Nobody has looked yet.' },
  noMatch: { ja: '条件に合う閲覧がありません', en: 'No look matches' },
  at: { ja: '日時', en: 'When' },
  staff: { ja: '担当者', en: 'Who' },
  customer: { ja: 'お客様', en: 'Customer' },
  page: { ja: 'ページ', en: 'Page' },
}

/** Who looked at whom. To look here is noted nowhere: no customer's data is shown. */
export const visitsPage = staffConsole.list({
  path: paths.visits,
  allow: 'security',
  words,
  from: visitList,
  async load(_ctx, { query }, read) {
    const [staff, customer] = [query.staff, query.customer].map((given) =>
      given !== undefined && isId(given) ? given : undefined,
    )
    const of = { staff, customer }
    return { list: await read(of, of), of }
  },
  narrowings({ data: { list, of }, words: text }) {
    const { staff, customer } = list.beside
    return [
      {
        name: 'staff',
        label: text.staff,
        chosen: of.staff,
        options: staff.map(({ id, number, name }) => ({ value: id, label: `${staffNumber(number)} ${name}` })),
      },
      ...(of.customer !== undefined && customer !== null
        ? [
            {
              name: 'customer',
              label: text.customer,
              chosen: of.customer,
              options: [{ value: of.customer, label: customer }],
            },
          ]
        : []),
    ]
  },
  above: ({ reader }) => <HistoryTabs current="visits" language={reader.language} />,
  empty: ({ data: { list, of }, words: text }) =>
    list.all === 0 && of.staff === undefined && of.customer === undefined ? <PlainState>{text.none}</PlainState> : null,
  columns: {
    at: { phone: 'before', cell: ({ at }, { time }) => time(at) },
    staff: {
      header: true,
      cell: ({ staff }) => (
        <>
          <span class="number">{staff.number}</span> {staff.name}
        </>
      ),
    },
    customer: { phone: 'below', cell: ({ customer: { id, name } }) => <a href={paths.customer({ id })}>{name}</a> },
    page: { long: true, phone: 'below', cell: ({ path }) => <code>{path}</code> },
  },
})
