import type { JSX } from 'preact'
import { z } from 'zod'
import { outsideNumber } from '#features/inside-numbers/values.ts'
import type { Line } from '#features/lines/open.ts'
import type { ExternalNumber } from '#features/numbers/number.ts'
import type { BindingProblem, NumberHours } from '#features/numbers/set-bindings.ts'
import { onwardKinds } from '#features/onward/onward.ts'
import { type FormValues, type FormView, rowId } from '#platform/form.ts'
import { SelectField } from '#platform/ui/form/field.tsx'
import { controlAttributes, FieldFrame, valueOf } from '#platform/ui/form/field-frame.tsx'
import { type Input, problemAt, type Problem } from '#platform/web/page.ts'
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
    ja: '内線番号・着信グループの番号、または03-0000-1234のような外線の番号を入力します。「切断する」のときは空のままにします。',
    en: 'An extension, a call group, or an outside number such as 03-0000-1234. Leave empty to end the call.',
  },
  outside: {
    ja: '外線の番号は03-0000-1234の形式で入力してください。',
    en: 'An outside number is written like 03-0000-1234.',
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
export function hoursIn(input: Input<typeof hoursFields>, language: Language): NumberHours | Problem {
  const { calendar, onward, onwardTo } = input
  const calendarId = calendar === '' ? null : calendar
  if (onward !== 'outside') return { calendarId, closed: { kind: onward, number: onwardTo } }
  const outside = outsideNumber.safeParse(onwardTo)
  if (!outside.success) return problemAt('onwardTo', hoursWords.outside[language])
  return { calendarId, closed: { kind: onward, number: outside.data } }
}

/** Where of the form of a number it is told why it was not set. */
export const fieldOf: Record<BindingProblem, string | undefined> = {
  'unknown-target': 'target',
  'disabled-target': 'target',
  ended: 'target',
  'unknown-calendar': 'calendar',
  'closed-without-calendar': 'calendar',
  'unknown-closed': 'onwardTo',
  'no-voicemail': 'onward',
  'changed-meanwhile': undefined,
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
          maxLength={100}
          value={valueOf(form, 'onwardTo')}
          {...controlAttributes({ form, name: 'onwardTo', hint: text.onwardHint })}
        />
      </FieldFrame>
    </>
  )
}
