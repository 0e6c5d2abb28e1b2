import { resultOf } from '#features/access-history/events.ts'
import { readAccess } from '#features/access-history/read.ts'
import { keywordOf, termsOf } from '#platform/list/keywords.ts'
import { offsetClock } from '#platform/time/format.ts'
import { nameOf } from '#platform/time/zones.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { accessScopeIn } from './access-query.ts'
import { accessHistoryTitle, accessLabels, factorWords, reasonWord, resultWords } from './words.ts'
import { eventWords } from '#sites/frame/states/access-words.ts'

const words = { ...accessLabels, title: accessHistoryTitle, reason: { ja: '詳細', en: 'Detail' } }

/** What the list lists and all that is older, as long as it is kept. */
export const accessHistoryDownload = portal.download({
  path: paths.accessHistoryCsv,
  allow: 'portal-administrator',
  words,
  async load({ language, actor: { timeZone }, now: asOf }, { query }, text) {
    const filter = { ...accessScopeIn(query), terms: termsOf(keywordOf(query)) }
    const clock = offsetClock(timeZone)
    return {
      name: text.title,
      columns: [
        `${text.at} ${nameOf(timeZone, language, asOf)}`,
        text.user,
        text.event,
        text.reason,
        text.result,
        text.secondFactor,
        text.ip,
        text.browser,
      ],
      async read(ctx, from) {
        const { rows, edge } = await readAccess(ctx, filter, from)
        return {
          rows: rows.map(({ at, user, event, reason, secondFactor, ip, browser }) => [
            clock(at),
            user.name,
            eventWords[event][language],
            reasonWord({ event, reason }, language),
            resultWords[resultOf(event)][language],
            secondFactor && factorWords[secondFactor][language],
            ip,
            browser,
          ]),
          edge,
        }
      },
    }
  },
})
