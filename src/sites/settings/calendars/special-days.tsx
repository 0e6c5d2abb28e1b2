import type { JSX } from 'preact'
import { mostSpecialDays } from '#features/calendars/values.ts'
import type { FormView } from '#platform/form.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { FieldBelow, fieldId } from '#platform/ui/form/field-frame.tsx'
import { FieldSet } from '#platform/ui/form/form.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { calendarWords } from './calendar-fields.ts'
import { rangeSaid, spansSaid } from './hours-words.ts'
import { entryIn } from './special-day-fields.ts'

const words = {
  ...calendarWords,
  hint: {
    ja: `年末年始のように続く日は、年をまたいでも1つで登録できます（全部で${mostSpecialDays}日まで）。祝日に営業するときも、その日を特定日にします。`,
    en: `A closure of several days, such as over the New Year, is one entry (${mostSpecialDays} days in all). To open on a holiday, make it a special day.`,
  },
  none: { ja: '特定日はありません。', en: 'There are no special days.' },
  period: { ja: '期間', en: 'Days' },
  state: { ja: '営業', en: 'Hours' },
  named: { ja: '名前', en: 'Name' },
  action: { ja: '操作', en: 'Action' },
  edit: { ja: '変更する', en: 'Change' },
  out: { ja: '外す', en: 'Take out' },
  over: { ja: '過ぎた日', en: 'Over' },
  dropOver: { ja: '過ぎた日をすべて外す', en: 'Take out all that are over' },
  adding: { ja: '特定日を追加する', en: 'Add special days' },
  toHint: { ja: '1日だけのときは空のままにします。', en: 'Leave it empty for a single day.' },
  hoursHint: { ja: '空にすると休みです。例：10:00-15:00', en: 'Empty: closed. Such as 10:00-15:00' },
  dayNameHint: { ja: '例：年末年始休業', en: 'Such as: New Year' },
  add: { ja: '特定日を追加する', en: 'Add these days' },
}

interface SpecialDaysProps {
  form: FormView
  reader: Reader
  today: string
}

/** The special days of business hours, and those to be added. */
export function SpecialDays({ form, reader, today }: SpecialDaysProps): JSX.Element {
  const { language } = reader
  const text = inLanguage(words, language)
  const texts = [form.values['entry'] ?? []].flat()
  const rows = texts.flatMap((entry, at) => {
    const read = entryIn(entry)
    return read ? [{ ...read, at, isOver: read.to < today }] : []
  })
  const isTyped = ['from', 'to', 'hours', 'dayName'].some((name) => (form.values[name] ?? '') !== '')
  return (
    <FieldSet legend={text.entries}>
      <p class="small-text">{text.hint}</p>
      <div id={fieldId('entry')} tabIndex={-1}>
        {texts.map((entry) => (
          <input type="hidden" name="entry" value={entry} key={entry} />
        ))}
        {rows.length === 0 ? (
          <p>{text.none}</p>
        ) : (
          <Table
            caption={text.entries}
            rows={rows}
            rowKey={({ from }) => from}
            columns={[
              {
                label: text.period,
                header: true,
                cell: ({ from, to, isOver }) => (
                  <>
                    {rangeSaid(from, to, reader)} {isOver && <Badge kind="plain">{text.over}</Badge>}
                  </>
                ),
              },
              { label: text.state, phone: 'labelled', cell: ({ span }) => spansSaid(span ? [span] : [], language) },
              { label: text.named, long: true, phone: 'labelled', cell: ({ name }) => name || '-' },
              {
                label: text.action,
                hideLabel: true,
                phone: 'below',
                cell: ({ at, from, to }) => (
                  <>
                    <DoButton word="edit" at={at} about={rangeSaid(from, to, reader)} text={text} />{' '}
                    <DoButton word="out" at={at} about={rangeSaid(from, to, reader)} text={text} />
                  </>
                ),
              },
            ]}
          />
        )}
        <FieldBelow form={form} name="entry" language={language} />
        {rows.some(({ isOver }) => isOver) && (
          <Button kind="quiet" small name="do" value="over">
            {text.dropOver}
          </Button>
        )}
      </div>
      <details open={isTyped || form.problems.length > 0 || rows.length === 0}>
        <summary>{text.adding}</summary>
        <Adding form={form} language={language} />
      </details>
    </FieldSet>
  )
}

function DoButton({
  word,
  at,
  about,
  text,
}: {
  word: 'edit' | 'out'
  at: number
  about: string
  text: Record<'edit' | 'out', string>
}) {
  return (
    <Button kind="quiet" small name="do" value={`${word} ${at}`} label={`${text[word]}（${about}）`}>
      {text[word]}
    </Button>
  )
}

function Adding({ form, language }: { form: FormView; language: Reader['language'] }) {
  const text = inLanguage(words, language)
  const field = { form, language }
  return (
    <div class="field-rows">
      <div class="field-line">
        <TextField {...field} name="from" label={text.from} type="date" />
        <TextField {...field} name="to" label={text.to} type="date" hint={text.toHint} />
        <TextField {...field} name="hours" label={text.hours} hint={text.hoursHint} />
        <TextField {...field} name="dayName" label={text.dayName} hint={text.dayNameHint} />
      </div>
      <div>
        <Button kind="secondary" icon="plus" name="do" value="add">
          {text.add}
        </Button>
      </div>
    </div>
  )
}
