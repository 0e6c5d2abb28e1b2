import type { JSX } from 'preact'
import { z } from 'zod'
import { incidentKinds } from '#features/incidents/incident.ts'
import type { OutageFacts } from '#features/outages/draft.ts'
import type { Outage } from '#features/outages/outage.ts'
import { longestWorks } from '#features/outages/week-of-works.ts'
import { longestOutageTitle, outageTitle } from '#features/outages/values.ts'
import { RadioField, TextField } from '#platform/ui/form/field.tsx'
import { FieldSet } from '#platform/ui/form/form.tsx'
import type { FormView } from '#platform/form.ts'
import { typed } from '#platform/values.ts'
import { after } from '#platform/time/duration.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { incidentKindWords } from '#sites/frame/states/incident-mark.tsx'
import { readWall, type TimeProblem, wallOf, wallTime } from './times.ts'

const words = {
  what: { ja: '内容', en: 'What it is' },
  when: { ja: '日時', en: 'When' },
  kind: { ja: '種類', en: 'Kind' },
  titleJa: { ja: '件名（日本語）', en: 'Title in Japanese' },
  titleEn: { ja: '件名（英語）', en: 'Title in English' },
  titleHint: {
    ja: 'お客様の画面とメールに、このまま表示されます。',
    en: 'Customers read it as it stands, on pages and in mails.',
  },
  startsAt: { ja: '開始日時', en: 'From' },
  until: { ja: '復旧見込み・終了予定', en: 'Expected end' },
  untilHint: {
    ja: '故障では復旧見込み、工事では終了予定としてご案内します。',
    en: 'Of a fault when it is expected to be repaired, of works when they are to end.',
  },
  nextUpdateAt: { ja: '次回のご案内', en: 'Next update' },
  nextHint: {
    ja: 'この時刻を過ぎると、お客様には「ご案内が遅れています」と表示され、担当者にメールが届きます。',
    en: 'Once it has passed, customers read that the update is late, and staff are mailed.',
  },
}

export const outageFields = {
  kind: { label: words.kind, value: z.enum(incidentKinds), chosen: true },
  titleJa: { label: words.titleJa, value: typed(outageTitle) },
  titleEn: { label: words.titleEn, value: typed(outageTitle) },
  startsAt: { label: words.startsAt, value: wallTime },
  until: { label: words.until, value: wallTime },
  nextUpdateAt: { label: words.nextUpdateAt, value: wallTime },
} as const

type Typed = { [Name in keyof typeof outageFields]: z.output<(typeof outageFields)[Name]['value']> }

/** What stands in the fields. */
export function typedOf(outage: Outage, zone: string): Record<keyof typeof outageFields, string> {
  const { kind, title, startsAt, endsAt, expectedEndAt, nextUpdateAt } = outage
  return {
    kind,
    titleJa: title.ja,
    titleEn: title.en,
    startsAt: wallOf(startsAt, zone),
    until: wallOf(kind === 'works' ? endsAt : expectedEndAt, zone),
    nextUpdateAt: wallOf(nextUpdateAt, zone),
  }
}

interface Read {
  zone: string
  now: Date
  /** As it was before; absent: it is new. */
  outage?: Outage
}

/** What was typed, or which field cannot be. */
export function readFacts(
  { kind: chosen, titleJa, titleEn, ...times }: Typed,
  { zone, now, outage }: Read,
): OutageFacts | { field: keyof typeof outageFields; problem: TimeProblem } {
  // Of what was published the kind stays.
  const kind = outage && outage.state !== 'draft' ? outage.kind : chosen
  const former = outage && { ...outage, until: outage.kind === 'works' ? outage.endsAt : outage.expectedEndAt }
  const read = (name: 'startsAt' | 'until' | 'nextUpdateAt') => readWall(times[name], { zone, former: former?.[name] })
  const [startsAt, until, nextUpdateAt] = [read('startsAt'), read('until'), read('nextUpdateAt')]
  if (startsAt === null) return { field: 'startsAt', problem: 'no-start' }
  if (startsAt === undefined) return { field: 'startsAt', problem: 'no-time' }
  if (until === undefined) return { field: 'until', problem: 'no-time' }
  if (nextUpdateAt === undefined) return { field: 'nextUpdateAt', problem: 'no-time' }
  if (until && until <= startsAt) return { field: 'until', problem: 'before-start' }
  if (kind === 'works' && until && until > after(startsAt, longestWorks)) return { field: 'until', problem: 'too-long' }
  const isNew = nextUpdateAt?.getTime() !== outage?.nextUpdateAt?.getTime()
  if (nextUpdateAt && isNew && nextUpdateAt <= now) return { field: 'nextUpdateAt', problem: 'has-passed' }
  return { kind, title: { ja: titleJa, en: titleEn }, startsAt, until, nextUpdateAt }
}

interface FieldsProps {
  form: FormView
  language: Language
  /** It was published: its kind is what customers know it as. */
  hasKind?: boolean
}

export function OutageFields({ form, language, hasKind = false }: FieldsProps): JSX.Element {
  const text = inLanguage(words, language)
  const at = <Name extends keyof typeof outageFields>(name: Name) => ({ form, language, name, label: text[name] })
  const time = { type: 'datetime-local', width: 'medium' } as const
  return (
    <>
      <FieldSet legend={text.what}>
        {hasKind ? (
          <input type="hidden" name="kind" value={String(form.values['kind'])} />
        ) : (
          <RadioField
            {...at('kind')}
            mark="required"
            options={incidentKinds.map((kind) => ({ value: kind, label: incidentKindWords[kind][language] }))}
          />
        )}
        <TextField {...at('titleJa')} mark="required" most={longestOutageTitle} hint={text.titleHint} />
        <TextField {...at('titleEn')} mark="required" most={longestOutageTitle} />
      </FieldSet>
      <FieldSet legend={text.when}>
        <TextField {...at('startsAt')} {...time} mark="required" />
        <TextField {...at('until')} {...time} mark="optional" hint={text.untilHint} />
        <TextField {...at('nextUpdateAt')} {...time} mark="optional" hint={text.nextHint} />
      </FieldSet>
    </>
  )
}
