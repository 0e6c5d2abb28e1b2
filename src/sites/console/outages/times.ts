import { z } from 'zod'
import { momentAt, wallClockOf } from '#platform/time/wall-clock.ts'
import type { Phrase } from '#platform/words.ts'

/** A field of a form that says when: what stands on the reader's clock. */
export const wallTime: z.ZodType<string, string> = z.string().trim().max(25)

/** As such a field shows it. */
export function wallOf(at: Date | null, zone: string): string {
  return at ? wallClockOf(at, zone) : ''
}

/** What it means; undefined: no time. What is shown as it was is that very moment, with its seconds. */
export function readWall(
  text: string,
  { zone, former }: { zone: string; former?: Date | null | undefined },
): Date | null | undefined {
  if (text === '') return null
  return former && wallClockOf(former, zone) === text ? former : momentAt(text, zone)
}

/** Why a time is refused. */
export const timeProblems = {
  'no-time': {
    ja: (item: string) => `${item}は、2026-12-01T14:30の形式で入力してください。`,
    en: (item: string) => `${item} is written like 2026-12-01T14:30.`,
  },
  'no-start': {
    ja: () => '開始日時が入力されていません。開始日時を入力してください。',
    en: () => 'Enter when it begins.',
  },
  'before-start': {
    ja: (item: string) => `${item}には、開始日時よりあとの日時を入力してください。`,
    en: (item: string) => `${item} must be after it begins.`,
  },
  'has-passed': {
    ja: (item: string) => `${item}には、これからの日時を入力してください。`,
    en: (item: string) => `${item} must be still to come.`,
  },
  'too-long': {
    ja: () => '工事の期間は62日までです。終了日時を早くするか、工事を分けて登録してください。',
    en: () => 'Works take at most 62 days. Let them end earlier, or write them in parts.',
  },
  'to-come': {
    ja: (item: string) => `${item}には、現在までの日時を入力してください。`,
    en: (item: string) => `${item} must not be still to come.`,
  },
} satisfies Record<string, Phrase<(item: string) => string>>
export type TimeProblem = keyof typeof timeProblems
