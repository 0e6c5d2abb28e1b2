import type { JSX } from 'preact'
import type { IncidentDetails, IncidentUpdate } from '#features/incidents/find.ts'
import type { Incident } from '#features/incidents/incident.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { incidentStepWords } from './step-words.ts'
import { ToldIn } from './told-in.tsx'

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
  correctsBefore: { ja: '', en: 'Corrects what was said at ' },
  correctsAfter: { ja: 'のご案内の訂正', en: '' },
  correctedBefore: { ja: 'この内容は、', en: 'Corrected at ' },
  correctedAfter: { ja: 'に訂正しました', en: '' },
  endedFault: { ja: '復旧しました', en: 'Repaired' },
  endedWorks: { ja: '終了しました', en: 'Ended' },
  beganFault: { ja: '故障が発生しました', en: 'The fault began' },
  beganWorks: { ja: '工事を始めました', en: 'The works began' },
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
        <When at={nextUpdateAt} reader={reader} />
        {isLate ? text.lateAfter : text.nextAfter}
      </p>
    </Notice>
  )
}

/** From the latest to the beginning. */
export function Timeline({ incident, reader }: { incident: Told; reader: Reader }): JSX.Element {
  const { updates, kind, phase, startsAt, endsAt, withdrawnAt } = incident
  const text = inLanguage(words, reader.language)
  const hasEnd = phase === 'over' && endsAt && !withdrawnAt
  const isSaid = updates.some(({ step }) => step === 'recovered' || step === 'done')
  return (
    <ol class="timeline">
      {hasEnd && !isSaid && (
        <li>
          <Head at={endsAt} label={kind === 'fault' ? text.endedFault : text.endedWorks} reader={reader} />
        </li>
      )}
      {updates.map((update) => (
        <li key={update.number}>
          <Update update={update} all={updates} reader={reader} />
        </li>
      ))}
      {phase !== 'coming' && (
        <li>
          <Head at={startsAt} label={kind === 'fault' ? text.beganFault : text.beganWorks} reader={reader} />
        </li>
      )}
    </ol>
  )
}

interface UpdateProps {
  update: IncidentUpdate
  all: readonly IncidentUpdate[]
  reader: Reader
}

function Update({ update, all, reader }: UpdateProps): JSX.Element {
  const { language } = reader
  const { number, at, step, text, corrects } = update
  const said = inLanguage(words, language)
  const former = all.find((each) => each.number === corrects)
  const later = all.find((each) => each.corrects === number)
  return (
    <>
      <Head at={at} label={step && incidentStepWords[step][language]} reader={reader} />
      {former && (
        <p class="small-text">
          {said.correctsBefore}
          <When at={former.at} reader={reader} />
          {said.correctsAfter}
        </p>
      )}
      {later && (
        <p class="small-text">
          {said.correctedBefore}
          <When at={later.at} reader={reader} />
          {said.correctedAfter}
        </p>
      )}
      <ToldIn text={text} language={language} />
    </>
  )
}

function Head({ at, label, reader }: { at: Date; label: string | null; reader: Reader }): JSX.Element {
  return (
    <div class="timeline-head">
      <When at={at} reader={reader} />
      {label !== null && <b>{label}</b>}
    </div>
  )
}

function When({ at, reader: { timeZone, language, now } }: { at: Date; reader: Reader }): JSX.Element {
  return <Time at={at} zone={timeZone} language={language} now={now} />
}
