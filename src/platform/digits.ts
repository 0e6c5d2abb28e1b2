/** All that people take for a hyphen between digits, as members of a class in a regular expression. */
export const hyphens = '‐‑‒–—―─−ー-'

/** What people write between the ends of a range. */
export const between = new RegExp(`\\s*[~〜${hyphens}]\\s*`, 'gu')

const around = new RegExp(`[\\s()${hyphens}]`, 'gu')
/** What nobody sees and what comes along with copied text. */
const unseen = /\p{DI}/gu

/** A number without what people write around its digits: other widths, spaces, hyphens, brackets. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replaceAll(unseen, '').replaceAll(around, '')
}
