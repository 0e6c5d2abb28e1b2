import type { JSX } from 'preact'
import { z } from 'zod'
import type { Line } from '#features/lines/open.ts'
import type { ExternalNumber } from '#features/numbers/number.ts'
import type { BindingProblem, NumberHours } from '#features/numbers/set-bindings.ts'
import { onwardKinds } from '#features/onward/onward.ts'
import { type FormValues, type FormView, rowId } from '#platform/form.ts'
import { SelectField } from '#platform/ui/form/field.tsx'
import { controlAttributes, FieldFrame, valueOf } from '#platform/ui/form/field-frame.tsx'
import type { Input } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { onwardText, onwardWords } from '../parts/onward-words.ts'
import { suggestionsId } from '../parts/target-words.tsx'

export const hoursWords = {
  calendar: { ja: '営業時間', en: 'Business hours' },
  always: { ja: 'いつでも', en: 'Always' },
  calendarHint: {
    ja: '営業時間を選ぶと、時間外の着信を下の着信先へつなげます。',
    en: 'With business hours, calls outside of them go to the target below.',
  },
  closed: { ja: '営業時間外の着信先', en: 'Target when closed' },
  onwardTo: { ja: '営業時間外の番号', en: 'Number when closed' },
  onwardHint: {
    ja: '内線番号・着信グループの番号、または03-1234-5678のような外線の番号を入力します。「切断する」のときは空のままにします。',
    en: 'An extension, a call group, or an outside number such as 03-1234-5678. Leave empty to end the call.',
  },
}

/** When a number is open, and where its calls go while it is closed. */
export const hoursFields = {
  calendar: { label: hoursWords.calendar, value: z.literal('').or(rowId), chosen: true },
  onward: { label: hoursWords.closed, value: z.enum(onwardKinds) },
  onwardTo: { label: hoursWords.onwardTo, value: z.string().max(100).default('') },
} as const

export function hoursValues({ calendarId, closed }: ExternalNumber): FormValues {
  return { calendar: calendarId ?? '', onward: closed.kind, onwardTo: onwardText(closed) }
}

/** What was chosen. */
export function hoursIn({ calendar, onward, onwardTo }: Input<typeof hoursFields>): NumberHours {
  return { calendarId: calendar === '' ? null : calendar, closed: { kind: onward, number: onwardTo } }
}

/** Where of the form of a number it is told why it was not set. */
export function fieldOf(problem: BindingProblem | 'too-many-today'): string | undefined {
  if (problem === 'changed-meanwhile') return undefined
  if (problem === 'no-voicemail') return 'onward'
  if (problem === 'unknown-target' || problem === 'disabled-target' || problem === 'ended') return 'target'
  return problem === 'unknown-calendar' || problem === 'closed-without-calendar' ? 'calendar' : 'onwardTo'
}

interface HoursFieldsProps {
  form: FormView
  language: Language
  data: { line: Line; calendars: ReadonlyMap<string, string> }
}

export function HoursFields({ form, language, data: { line, calendars } }: HoursFieldsProps): JSX.Element {
  const text = inLanguage(hoursWords, language)
  const field = { form, language }
  const kinds = onwardKinds.filter((kind) => kind !== 'voicemail' || line.hasVoicemail)
  return (
    <>
      <SelectField
        {...field}
        name="calendar"
        label={text.calendar}
        placeholder={text.always}
        hint={text.calendarHint}
        options={[...calendars].map(([value, label]) => ({ value, label }))}
      />
      <SelectField
        {...field}
        name="onward"
        label={text.closed}
        options={kinds.map((value) => ({ value, label: onwardWords[value][language] }))}
      />
      <FieldFrame {...field} name="onwardTo" label={text.onwardTo} hint={text.onwardHint}>
        <input
          class="input"
          list={suggestionsId}
          autocomplete="off"
          value={valueOf(form, 'onwardTo')}
          {...controlAttributes({ form, name: 'onwardTo', hint: text.onwardHint })}
        />
      </FieldFrame>
    </>
  )
}
