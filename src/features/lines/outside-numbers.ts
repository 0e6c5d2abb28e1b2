import { digitsOf } from '#platform/digits.ts'

/** Why calls may not be passed on to a number outside. */
export type OutsideProblem = 'unreadable' | 'emergency' | 'premium' | 'carrier' | 'machine' | 'international'

/**
 * The number outside that people mean, as it is stored: digits as dialled within Japan, or `+` and digits where the operator allows
 * the country. Japanese numbers by the numbering plan (電気通信番号計画): 0A–J, 050, 060–090 and the free 0120 and 0800; nothing
 * that costs whoever calls it more, that leads abroad, or that people wait for. `countries`: calling codes such as `82`.
 */
export function readOutside(
  typed: string,
  countries: readonly string[],
): { number: string } | { problem: OutsideProblem } {
  const number = digitsIn(typed)
  if (number === undefined) return { problem: 'unreadable' }
  const abroad = /^(?:\+|010)(\d+)$/.exec(number)?.[1]
  if (abroad !== undefined) return readAbroad(abroad, countries)
  if (/^1\d{2}$/.test(number)) return { problem: 'emergency' }
  for (const [problem, form] of refused) if (form.test(number)) return { problem }
  return allowed.some((form) => form.test(number)) ? { number } : { problem: 'unreadable' }
}

/** A telephone number without what people write around it: of one in Japan the digits dialled here. Undefined: it is none. */
export function digitsIn(typed: string): string | undefined {
  const text = digitsOf(typed)
  return /^\+?\d+$/.test(text) ? text.replace(/^(?:\+|010)810?(?=\d{9,10}$)/, '0') : undefined
}

function readAbroad(digits: string, countries: readonly string[]): { number: string } | { problem: OutsideProblem } {
  const isAllowed = countries.some((code) => digits.startsWith(code)) && /^[1-9]\d{6,14}$/.test(digits)
  return isAllowed ? { number: `+${digits}` } : { problem: 'international' }
}

const refused: readonly [OutsideProblem, RegExp][] = [
  // 00XY: chosen carriers, and what leads abroad through them.
  ['carrier', /^00/],
  // ナビダイヤル, 0990, テレドーム 0180, 伝言ダイヤル 0170, and what else the plan keeps for services in 01.0.
  ['premium', /^(?:0570|0990|0910|01[13-9]0)/],
  // 0200 and 020: of machines and pagers.
  ['machine', /^020/],
]

const allowed: readonly RegExp[] = [/^0120\d{6}$/, /^0800\d{7}$/, /^0[5-9]0[1-9]\d{7}$/, /^0[1-9][1-9]\d{7}$/]
