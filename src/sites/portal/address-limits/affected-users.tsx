import type { JSX } from 'preact'
import type { AffectedUser } from '#features/address-limits/find.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { accessLabels } from '../access-history/words.ts'
import { paths } from '../paths.ts'

const words = {
  ...accessLabels,
  nobody: {
    ja: '「制限あり」のユーザーで、最近30日間にこの一覧の外からログインした方はいません。',
    en: 'No restricted user has logged in from outside of this list within the last 30 days.',
  },
  count: {
    ja: (n: number) =>
      `「制限あり」のユーザー${n}名が、最近30日間に、この一覧では拒否されるIPアドレスからログインしています。`,
    en: (n: number) =>
      `${n === 1 ? 'One restricted user has' : `${n} restricted users have`} logged in within the last 30 days from addresses that this list refuses.`,
  },
  lastAt: { ja: '最後のログイン', en: 'Last of these logins' },
  history: { ja: (name: string) => `${name}さんのログイン履歴`, en: (name: string) => `Login history of ${name}` },
}

interface AffectedProps {
  affected: { users: AffectedUser[]; count: number }
  reader: Reader
}

/** Who is kept out by a list, as far as the login history can tell. */
export function AffectedUsers({ affected: { users, count }, reader }: AffectedProps): JSX.Element {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  if (count === 0)
    return (
      <Notice kind="info" label={text.user}>
        {text.nobody}
      </Notice>
    )
  return (
    <>
      <Notice kind="warning" label={text.user}>
        {text.count(count)}
      </Notice>
      <Table
        caption={text.count(count)}
        rows={users}
        rowKey={({ id }) => id}
        columns={[
          {
            label: text.user,
            header: true,
            long: true,
            cell: ({ id, name }) => (
              <a href={hrefOf(paths.accessHistory, { user: id })} aria-label={text.history(name)}>
                {name}
              </a>
            ),
          },
          {
            label: text.ip,
            long: true,
            cell: ({ addresses }) => <span {...untranslated}>{addresses.join(', ')}</span>,
          },
          {
            label: text.lastAt,
            phone: 'labelled',
            cell: ({ lastAt }) => <Time at={lastAt} zone={zone} language={language} now={now} />,
          },
        ]}
      />
    </>
  )
}
