import type { JSX } from 'preact'
import { z } from 'zod'
import type { Line, LineContext } from '#features/lines/open.ts'
import { countWaiting } from '#features/reservations/reservation.ts'
import { mostAhead, mostWaiting } from '#features/reservations/values.ts'
import type { FormView } from '#platform/form.ts'
import { after, days } from '#platform/time/duration.ts'
import { formatTime, zoneLabel } from '#platform/time/format.ts'
import { momentAt, wallClockOf } from '#platform/time/wall-clock.ts'
import { TextField } from '#platform/ui/form/field.tsx'
import { valueOf } from '#platform/ui/form/field-frame.tsx'
import { type Problem, problemAt, type Reader } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'

const furthest = mostAhead / days

const words = {
  name: { ja: '日時を指定する', en: 'Choose when' },
  due: { ja: '反映する日時', en: 'When it counts' },
  hint: {
    ja: (zone: string) => `空欄のときは、すぐに反映します。${zone} の時刻で、${furthest}日後まで予約できます。`,
    en: (zone: string) => `Empty: at once. A time of ${zone}, at most ${furthest} days ahead.`,
  },
  unreadable: {
    ja: '反映する日時は2026-12-05T22:00の形式で入力してください。',
    en: 'The time is written like 2026-12-05T22:00.',
  },
  skipped: {
    ja: '反映する日時は、夏時間への切り替えのため存在しない時刻です。1時間後の時刻を入力してください。',
    en: 'There is no such time: clocks are put forward then. Enter one an hour later.',
  },
  past: {
    ja: '反映する日時が過ぎています。これからの日時を入力するか、空欄にしてください。',
    en: 'This time is over. Enter one that is to come, or leave it empty.',
  },
  far: {
    ja: `反映する日時は、${furthest}日後までの日時を入力してください。`,
    en: `Changes can be reserved at most ${furthest} days ahead. Enter an earlier time.`,
  },
  full: {
    ja: `このご契約の予約は${mostWaiting}件までです。不要な予約を取り消してから、もう一度お試しください。`,
    en: `A contract has at most ${mostWaiting} reserved changes. Withdraw some that are not needed.`,
  },
}

/** The field by which a form of settings can be reserved for later. */
export const dueFields = { due: { label: words.due, value: z.string().max(40).optional() } } as const

type Moment = { ok: true; at: Date } | { ok: false; problem: Problem }

/** What was typed as a moment for which a change can be reserved: one of the line's zone, that is to come and not far. */
export function dueMoment(
  { line, now, language }: Pick<LineContext, 'line' | 'now' | 'language'>,
  typed: string,
): Moment {
  const refused = (problem: 'unreadable' | 'skipped' | 'past' | 'far'): Moment => ({
    ok: false,
    problem: problemAt('due', words[problem][language]),
  })
  const at = momentAt(typed, line.timeZone)
  if (!at || Number.isNaN(at.getTime())) return refused('unreadable')
  if (at <= now) return refused('past')
  if (at > after(now, mostAhead)) return refused('far')
  return wallClockOf(at, line.timeZone) === typed ? { ok: true, at } : refused('skipped')
}

/** What the features of a form are asked with: where a moment was typed, what they change is reserved for then. */
export async function reserving(
  ctx: LineContext,
  { due = '' }: { due?: string | undefined },
): Promise<LineContext | Problem> {
  const typed = due.trim()
  if (typed === '') return ctx
  const moment = dueMoment(ctx, typed)
  if (!moment.ok) return moment.problem
  if ((await countWaiting(ctx)) >= mostWaiting) return problemAt('due', words.full[ctx.language])
  return { ...ctx, due: moment.at }
}

export interface DueFieldProps {
  form: FormView
  language: Language
  line: Pick<Line, 'timeZone'>
}

/** 「日時を指定する」, in the bar at the foot of a form. */
export function DueField({ form, language, line: { timeZone } }: DueFieldProps): JSX.Element {
  const text = inLanguage(words, language)
  const isOpen = (valueOf(form, 'due') ?? '') !== '' || form.problems.some(({ field }) => field === 'due')
  return (
    <details class="commit-later" open={isOpen}>
      <summary>{text.name}</summary>
      <TextField
        form={form}
        language={language}
        name="due"
        type="datetime-local"
        width="medium"
        label={text.due}
        mark="optional"
        hint={text.hint(timeZone)}
      />
    </details>
  )
}

/** A moment of a reservation: as the line's clocks show it, with the zone where the reader's is another. */
export function dueText(at: Date, zone: string, { language, now, timeZone }: Reader): string {
  const told = formatTime(at, 'date-time', { zone, language, now })
  return zone === timeZone ? told : `${told} ${zoneLabel(zone, language, at)}`
}
