import { stripVTControlCharacters } from 'node:util'

/** Rows as columns of equal width, numbers to the right. */
export function tableOf(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, ...rows].map((row) => row.map((cell) => clean(String(cell))))
  const widths = head.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ''))))
  const isNumber = head.map((_, column) => typeof rows[0]?.[column] === 'number')
  const padded = lines.map((line) =>
    line.map((cell, column) => {
      const space = ' '.repeat((widths[column] ?? 0) - widthOf(cell))
      return isNumber[column] ? space + cell : cell + space
    }),
  )
  return padded.map((line) => line.join('  ').trimEnd()).join('\n')
}

/** Names come from people: nothing in them may steer the terminal. */
export function clean(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '')
}

/** As JSON, whose own escapes leave DEL and the controls behind it as they are. */
export function jsonOf(value: unknown): string {
  const escaped = (control: string): string => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(value, null, 2).replaceAll(/[\u007f-\u009f]/g, escaped)
}

// East Asian Wide and Fullwidth (Unicode Standard Annex 11) in the blocks that names are written in.
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/gu

/** Columns of a terminal. */
function widthOf(text: string): number {
  return Array.from(text).length + (text.match(wide)?.length ?? 0)
}
