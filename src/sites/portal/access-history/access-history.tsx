import { findAttention } from '#features/access-history/attention.ts'
import { accessEvents, accessResults } from '#features/access-history/events.ts'
import { accessList, type AccessRow, mostSearched } from '#features/access-history/list.ts'
import type { AccessScope } from '#features/access-history/scope.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { thingOfListing } from '#features/subjects/listings.ts'
import { countSignedIn, type SignedIn } from '#features/sessions/list-open.ts'
import { formatTime } from '#platform/time/format.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { HiddenQuery, hrefOf, type ListQuery, orMore } from '#platform/ui/list/list-query.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'
import type { Reader } from '#platform/web/page.ts'
import type { In, Language } from '#platform/words.ts'
import { PeriodFields, periodSaid, zoneOf } from '../histories/period.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { accessQueryOf, accessScopeIn } from './access-query.ts'
import { AttentionNotice } from './attention.tsx'
import { Result } from './result.tsx'
import { accessHistoryTitle, accessLabels, factorWords, reasonWord, resultWords } from './words.ts'
import { eventWords } from '#sites/frame/states/access-words.ts'

const words = {
  ...accessLabels,
  title: accessHistoryTitle,
  caption: { ja: 'ログイン、ログアウトの履歴（新しい順）', en: 'Logins and logouts, the newest first' },
  about: {
    ja: (since: string, years: number) =>
      `全ユーザーのログイン、ログアウトの履歴です。${since}からの記録があります（保存期間は${years}年です）。`,
    en: (since: string, years: number) =>
      `Logins and logouts of all users. There are records from ${since} on; they are kept for ${years} years.`,
  },
  signedIn: {
    ja: ({ users, isCut }: SignedIn) => `ログイン中のユーザー ${users}名${isCut ? orMore.ja : ''}`,
    en: ({ users, isCut }: SignedIn) =>
      users === 1 ? 'One user is logged in' : `${users}${isCut ? orMore.en : ''} users are logged in`,
  },
  filter: { ja: '期間・種別・結果', en: 'Period, event, result' },
  any: { ja: 'すべて', en: 'All' },
  apply: { ja: '絞り込む', en: 'Filter' },
  all: { ja: '全ユーザーの履歴を表示する', en: 'Show the history of all users' },
  ofOne: {
    ja: (name: string) => `${name}さんの履歴だけを表示しています。`,
    en: (name: string) => `Only the history of ${name} is shown.`,
  },
  onlyOf: { ja: (name: string) => `${name}さんの履歴だけを表示する`, en: (name: string) => `Only of ${name}` },
  none: { ja: 'なし', en: 'None' },
  operator: { ja: '通信事業者', en: 'The operator' },
  unknown: { ja: '不明', en: 'Unknown' },
  cut: {
    ja: `キーワードは、最新の${mostSearched.toLocaleString('ja-JP')}件から探します。それより前の履歴は、期間で絞り込むか、CSVで確認してください。`,
    en: `Keywords are looked for in the newest ${mostSearched.toLocaleString('en-GB')}. Choose a period, or download the file, to find older ones.`,
  },
  noMatch: { ja: '条件に合う履歴がありません', en: 'Nothing matches' },
}

const thing = thingOfListing('access-history')

/** What more there is to say, below the event. */
function ReasonBelow({ language, ...row }: Pick<AccessRow, 'event' | 'reason'> & { language: Language }) {
  const word = reasonWord(row, language)
  return word === '' ? null : <div class="small-text">{word}</div>
}

/** アクセス管理. It is never empty: whoever looks at it has logged in. */
export const accessHistoryPage = portal.list({
  path: paths.accessHistory,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  from: accessList,
  async load(ctx, { query }, read) {
    const scope = accessScopeIn(query)
    const [list, attention, signedIn, pinned] = await Promise.all([
      read(scope, accessQueryOf(scope)),
      findAttention(ctx),
      countSignedIn(ctx),
      isPinned(ctx, thing),
    ])
    return { list, attention, signedIn, scope, asked: query, isPinned: pinned }
  },
  about: () => thing,
  heading: (view) => {
    const { data, words: text, reader } = view
    const { list, signedIn } = data
    return (
      <PageHeading
        heading={text.title}
        lead={text.about(dayOf(list.beside.since ?? reader.now, reader), list.beside.years)}
        actions={
          <>
            {data.scope.userId === undefined && <AttentionNotice attention={data.attention} reader={reader} />}
            <a class="link-with-icon" href={paths.openSessions}>
              <Icon name="users" />
              {text.signedIn(signedIn)}
            </a>
            <PinButton view={view} thing={thing} isPinned={data.isPinned} />
          </>
        }
      />
    )
  },
  above: (view) => <Above {...view} />,
  columns: {
    at: {
      label: ({ words: text, reader }) => `${text.at} ${zoneOf(reader)}`,
      number: true,
      cell: ({ at }, { time }) => time(at),
    },
    user: {
      header: true,
      long: true,
      cell: ({ user }, { data: { list }, words: text }) => <OfUser user={user} query={list.query} text={text} />,
    },
    event: {
      cell: ({ event, reason }, { language }) => (
        <>
          {eventWords[event][language]}
          <ReasonBelow event={event} reason={reason} language={language} />
        </>
      ),
    },
    result: {
      phone: 'beside',
      cell: ({ event }, { language }) => <Result event={event} language={language} />,
    },
    secondFactor: {
      phone: 'hidden',
      cell: ({ secondFactor }, { language, words: text }) =>
        secondFactor ? factorWords[secondFactor][language] : text.none,
    },
    ip: {
      long: true,
      cell: ({ ip }, { words: text }) => <span {...untranslated}>{ip ?? text.none}</span>,
    },
    browser: {
      long: true,
      cell: ({ ip, browser }, { words: text }) => browser || (ip === null ? text.none : text.unknown),
    },
  },
  conditions: ({ data: { list, scope }, words: text, reader: { language } }) => [
    ...periodSaid(scope, language),
    ...(scope.event ? [`${text.event}：${eventWords[scope.event][language]}`] : []),
    ...(scope.result ? [`${text.result}：${resultWords[scope.result][language]}`] : []),
    ...(scope.userId ? [`${text.user}：${list.beside.userName ?? scope.userId}`] : []),
  ],
  // Made of its own, for it has more than the list: see `access-history-file.ts`.
  csv: paths.accessHistoryCsv,
})

interface Shown {
  data: {
    list: { query: ListQuery; cut?: unknown; beside: { userName: string | null } }
    scope: AccessScope
    asked: Readonly<Record<string, string>>
  }
  words: In<typeof words>
  reader: Reader
}

function Above({ data: { list, scope, asked }, words: text, reader }: Shown) {
  const { userId } = scope
  return (
    <>
      {userId !== undefined && (
        <Notice
          kind="info"
          label={text.user}
          action={<a href={hrefOf(paths.accessHistory, { ...list.query, user: undefined })}>{text.all}</a>}
        >
          {text.ofOne(list.beside.userName ?? text.unknown)}
        </Notice>
      )}
      <Filter scope={scope} asked={asked} query={list.query} text={text} language={reader.language} />
      {list.cut !== undefined && list.query.q !== undefined && (
        <Notice kind="info" label={text.filter}>
          {text.cut}
        </Notice>
      )}
    </>
  )
}

interface FilterProps {
  scope: AccessScope
  asked: Shown['data']['asked']
  query: ListQuery
  text: In<typeof words>
  language: Language
}

function Filter({ scope, asked, query, text, language }: FilterProps) {
  const choice = (name: 'event' | 'result', values: readonly { value: string; label: string }[]) => (
    <label>
      {text[name]}
      <span class="select">
        <select class="input" name={name}>
          <option value="">{text.any}</option>
          {values.map(({ value, label }) => (
            <option value={value} selected={scope[name] === value} key={value}>
              {label}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    </label>
  )
  return (
    <form class="ask-line" action={paths.accessHistory} role="search" aria-label={text.filter}>
      <HiddenQuery query={{ ...query, from: undefined, to: undefined, event: undefined, result: undefined }} />
      <PeriodFields period={scope} asked={asked} language={language} />
      {choice(
        'event',
        accessEvents.map((value) => ({ value, label: eventWords[value][language] })),
      )}
      {choice(
        'result',
        accessResults.map((value) => ({ value, label: resultWords[value][language] })),
      )}
      <Button kind="secondary" small>
        {text.apply}
      </Button>
    </form>
  )
}

/** Leads to what else the same person did. */
function OfUser({ user: { id, name }, query, text }: Pick<AccessRow, 'user'> & Pick<FilterProps, 'query' | 'text'>) {
  if (id === null) return <>{name || text.operator}</>
  return (
    <a href={hrefOf(paths.accessHistory, { ...query, user: id })} aria-label={text.onlyOf(name)}>
      {name}
    </a>
  )
}

function dayOf(at: Date, { timeZone: zone, language, now }: Reader): string {
  return formatTime(at, 'date', { zone, language, now })
}
