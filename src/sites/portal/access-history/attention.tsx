import type { JSX } from 'preact'
import type { Attention } from '#features/access-history/attention.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { formatList } from '#platform/ui/text/list-format.ts'
import { Icon } from '#platform/ui/text/icon.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  heading: { ja: 'ここ7日間で、ご確認いただきたいこと', en: 'To look at, of the last seven days' },
  count: {
    ja: (n: number) => `要確認 ${n}件`,
    en: (n: number) => `To look at: ${n}`,
  },
  locked: {
    ja: (name: string, n: number) => `${name}さんのログインが${n > 1 ? `${n}回` : ''}ロックされました`,
    en: (name: string, n: number) => `Logins of ${name} were locked${n > 1 ? ` ${n} times` : ''}`,
  },
  stranger: {
    ja: (network: string, names: string, n: number) =>
      `これまでログインのないネットワーク ${network} から、${names}さんのログインが${n}回失敗しました`,
    en: (network: string, names: string, n: number) =>
      `${n === 1 ? 'A login' : `${n} logins`} of ${names} failed, from ${network}, where nobody has logged in before`,
  },
  look: { ja: '履歴を確認する', en: 'See the history' },
}

/**
 * What an administrator should look at, behind a word of it in the head of the page, so that the list begins where every list does;
 * nothing when there is nothing.
 */
export function AttentionNotice({ attention, reader }: { attention: Attention; reader: Reader }): JSX.Element | null {
  const { locks, strangers } = attention
  if (locks.length + strangers.length === 0) return null
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const time = (at: Date) => <Time at={at} zone={zone} language={language} now={now} />
  const found = [
    ...locks.map(({ userId, userName, times, at }) => ({
      key: userId,
      said: text.locked(userName, times),
      at,
      href: hrefOf(paths.accessHistory, { user: userId, event: 'locked' }),
    })),
    ...strangers.map(({ network, userNames, times, at }) => ({
      key: network,
      said: text.stranger(network, formatList(userNames, language), times),
      at,
      // Failures are searched by what their addresses begin with.
      href: hrefOf(paths.accessHistory, { q: beginningOf(network), event: 'failed' }),
    })),
  ]
  return (
    <>
      <button class="button button-secondary button-small" type="button" popovertarget="attention">
        <Icon name="warning" />
        {text.count(found.length)}
      </button>
      <section class="dialog" id="attention" popover="auto" aria-label={text.heading}>
        <h2>{text.heading}</h2>
        <ul>
          {found.map(({ key, said, at, href }) => (
            <li key={key}>
              {said} {time(at)}{' '}
              <a href={href} aria-label={`${text.look}: ${said}`}>
                {text.look}
              </a>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

/** `192.0.2.` of `192.0.2.0/24`, `2001:db8:1:2:` of `2001:db8:1:2::/64`. */
function beginningOf(network: string): string {
  const [address = ''] = network.split('/')
  return address.includes(':') ? address.replace(/::$/, ':') : address.replace(/\d+$/, '')
}
