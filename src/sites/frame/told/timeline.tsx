import type { ComponentChildren, JSX } from 'preact'
import type { IncidentUpdate } from '#features/incidents/update.ts'
import type { Incident } from '#features/incidents/incident.ts'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { incidentStepWords } from '../states/incident-step.ts'
import { ToldIn } from './told-in.tsx'

const words = {
  correctsBefore: { ja: '', en: 'Corrects what was said at ' },
  correctsAfter: { ja: 'のご案内の訂正', en: '' },
  correctedBefore: { ja: 'この内容は、', en: 'Corrected at ' },
  correctedAfter: { ja: 'に訂正しました', en: '' },
  endedFault: { ja: '復旧しました', en: 'Repaired' },
  endedWorks: { ja: '終了しました', en: 'Ended' },
  beganFault: { ja: '故障が発生しました', en: 'The fault began' },
  beganWorks: { ja: '工事を始めました', en: 'The works began' },
}

/** What was said of a fault or works, and from when to when they were. */
export interface ToldCourse<Each extends IncidentUpdate = IncidentUpdate> extends Pick<
  Incident,
  'kind' | 'phase' | 'startsAt' | 'endsAt' | 'withdrawnAt'
> {
  updates: readonly Each[]
}

interface TimelineProps<Each extends IncidentUpdate> {
  incident: ToldCourse<Each>
  reader: Reader
  /** What stands below an update, for staff. */
  below?: (update: Each) => ComponentChildren
}

/** From the latest to the beginning. */
export function Timeline<Each extends IncidentUpdate>({ incident, reader, below }: TimelineProps<Each>): JSX.Element {
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
          {below?.(update)}
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
