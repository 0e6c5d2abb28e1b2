import { z } from 'zod'
import type { OnwardKind } from '#features/onward/onward.ts'
import { insideNumber } from '#features/inside-numbers/values.ts'
import { digitsIn } from '#features/lines/outside-numbers.ts'
import type { GroupCells } from '#features/line-imports/plan.ts'
import { onwardWords } from '../parts/onward-words.ts'

// Cells that are read otherwise than a field of a form.

/**
 * A telephone number whose leading zero a spreadsheet has taken away, with the zero; undefined: it has lost none. No number inside
 * has so many digits.
 */
export function zeroRestored(cell: string): string | undefined {
  const digits = cell.normalize('NFKC').replaceAll(/[\s-]/gu, '')
  return /^[1-9]\d{8,9}$/.test(digits) ? `0${digits}` : undefined
}

/** Enough for many times the members that a group can have. */
const longestMembers = 4000

/** Members in their order, with a space between; who is paused stands in brackets. Undefined: something else, or far too much. */
export function membersIn(cell: string): GroupCells['members'] | undefined {
  if (cell.length > longestMembers) return undefined
  const words = cell
    .normalize('NFKC')
    .split(/[\s,、]+/u)
    .filter(Boolean)
  const members = words.map((word) => {
    // A spreadsheet takes a number in brackets for a negative one.
    const paused = /^(?:\((\d+)\)|-(\d+))$/.exec(word)
    const number = insideNumber.safeParse(paused ? (paused[1] ?? paused[2]) : word)
    return number.success ? { number: number.data, isPaused: paused !== null } : undefined
  })
  const found = members.filter((member) => member !== undefined)
  return found.length === members.length ? found : undefined
}

/** What a group does with calls that nobody takes, as the list of groups writes it: 「外線へ転送する 0300001234」. */
export function onwardIn(cell: string): GroupCells['afterwards'] | undefined {
  const typed = cell.normalize('NFKC').trim()
  if (typed === '') return { kind: 'nothing', number: '' }
  for (const [kind, { ja, en }] of Object.entries(onwardWords)) {
    const label = [ja.normalize('NFKC'), en].find((word) => typed.startsWith(word))
    if (label === undefined) continue
    // Object.entries of what is keyed so.
    const number = onwardNumbers[kind as OnwardKind].safeParse(typed.slice(label.length).trim())
    return number.success ? { kind: kind as OnwardKind, number: number.data } : undefined
  }
  return undefined
}

const onwardNumbers: Record<OnwardKind, z.ZodType<string, string>> = {
  nothing: z.literal(''),
  inside: insideNumber,
  outside: z
    .string()
    .transform((text) => digitsIn(zeroRestored(text) ?? text) ?? '')
    // As the list has them: within Japan, or abroad with their country.
    .pipe(z.string().regex(/^(?:0\d{8,10}|\+[1-9]\d{6,14})$/)),
  voicemail: insideNumber,
}
