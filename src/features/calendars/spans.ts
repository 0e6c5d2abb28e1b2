import { between } from '#platform/digits.ts'

/** From when to when something is open, in minutes after the midnight with which its day begins; a night goes on past the next. */
export interface Span {
  opens: number
  closes: number
}

/** So many are taken for a day. */
const mostSpans = 8
const day = 24 * 60
/** A night belongs to the day on which it begins, and is over by noon. */
const latest = day + 12 * 60

export type SpanProblem = 'unreadable' | 'backwards' | 'overlapping' | 'too-late' | 'too-many'

/** What people type: `9:00-12:00 13:00-18:00`, `22:00-翌6:00`, `22:00-30:00`; or why it means nothing. Empty: closed. */
export function spansIn(text: string): { spans: Span[] } | { problem: SpanProblem; typed: string } {
  const normal = text.normalize('NFKC').replaceAll(between, '-')
  const typed = normal.split(/[\s,、;/]+/u).filter(Boolean)
  const spans: Span[] = []
  for (const one of typed) {
    const span = spanIn(one)
    if (!span) return { problem: 'unreadable', typed: one }
    if (span.closes <= span.opens) return { problem: 'backwards', typed: one }
    if (span.opens >= day || span.closes > latest) return { problem: 'too-late', typed: one }
    spans.push(span)
  }
  const inOrder = spans.toSorted((one, other) => one.opens - other.opens)
  const overlapping = overlapIn(inOrder)
  if (overlapping) return { problem: 'overlapping', typed: spansText([overlapping]) }
  if (inOrder.length > mostSpans) return { problem: 'too-many', typed: text }
  return { spans: inOrder }
}

/** The first that begins before the one before it ends. */
export function overlapIn(spans: readonly Span[]): Span | undefined {
  const inOrder = spans.toSorted((one, other) => one.opens - other.opens)
  return inOrder.find(({ opens }, at) => opens < (inOrder[at - 1]?.closes ?? 0))
}

function spanIn(text: string): Span | undefined {
  const [from, to, more] = text.split('-')
  const [opens, closes] = [minutesIn(from), minutesIn(to)]
  return more === undefined && opens !== undefined && closes !== undefined ? { opens, closes } : undefined
}

function minutesIn(text = ''): number | undefined {
  const [, next, hours, minutes = '0', inWords = '0'] =
    /^(翌日?)?(\d{1,2})(?::(\d{2})|時(?:(\d{1,2})分)?)?$/u.exec(text) ?? []
  if (hours === undefined) return undefined
  const rest = Number(minutes) || Number(inWords)
  const all = Number(hours) * 60 + rest + (next === undefined ? 0 : day)
  return rest < 60 ? all : undefined
}

/** As it stands in a field, whatever the language: `9:00-12:00 13:00-18:00`, `22:00-30:00`. */
export function spansText(spans: readonly Span[]): string {
  return spans.map(({ opens, closes }) => `${clockText(opens)}-${clockText(closes)}`).join(' ')
}

export function clockText(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}
