import type { JSX } from 'preact'
import type { IncidentDetails } from '#features/incidents/find.ts'
import type { Incident } from '#features/incidents/incident.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'

const words = {
  next: { ja: '次回のご案内', en: 'Next update' },
  nextBefore: { ja: '予定 ', en: 'Expected ' },
  nextAfter: { ja: '', en: '' },
  late: { ja: 'ご案内が遅れています', en: 'The next update is late' },
  lateBefore: { ja: '次回のご案内の予定時刻（', en: 'It was expected at ' },
  lateAfter: { ja: '）を過ぎています。状況を確認中です。', en: '. We are looking into it.' },
  withdrawn: { ja: 'このご案内は取り消されました', en: 'This announcement was withdrawn' },
  withdrawnFault: {
    ja: 'ご契約に影響はありません。お騒がせして申し訳ございません。',
    en: 'Your contracts are not affected. We are sorry for the trouble.',
  },
  cancelled: { ja: 'この工事は中止になりました', en: 'These works were cancelled' },
  cancelledText: {
    ja: '工事は行われません。あらためて行うときは、新しくご案内します。',
    en: 'They will not take place. If they are planned again, we will tell you.',
  },
}

type Told = Incident & IncidentDetails

/** What stands above all else: when the next word comes, or that all this is not so. */
export function NextWord({ incident, reader }: { incident: Told; reader: Reader }): JSX.Element | null {
  const { nextUpdateAt, phase, kind, withdrawnAt } = incident
  const text = inLanguage(words, reader.language)
  if (withdrawnAt)
    return (
      <Notice kind="info" heading={kind === 'works' ? text.cancelled : text.withdrawn}>
        {kind === 'works' ? text.cancelledText : text.withdrawnFault}
      </Notice>
    )
  if (!nextUpdateAt || phase === 'over') return null
  const isLate = nextUpdateAt <= reader.now
  return (
    <Notice
      kind={isLate ? 'warning' : 'info'}
      icon={isLate ? undefined : 'clock'}
      heading={isLate ? text.late : text.next}
    >
      <p>
        {isLate ? text.lateBefore : text.nextBefore}
        <Time at={nextUpdateAt} zone={reader.timeZone} language={reader.language} now={reader.now} />
        {isLate ? text.lateAfter : text.nextAfter}
      </p>
    </Notice>
  )
}
