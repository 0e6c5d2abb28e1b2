/** What a formula begins with; full width, too, because a spreadsheet may fold it. */
const sign = '[=+\\-@＝＋－＠﹦﹢﹣﹫−]'
/** What a spreadsheet may take away before it looks: what cannot be seen, and quotes; of one cell. */
const dropped = '(?![;\\t\\r\\n])[\\p{C}\\p{Z}\\p{DI}"]'
/** Our own mark may stand before it already: what is written can be told from what was marked. */
const formula = `'*(?:${dropped})*${sign}`
/** Where semicolons or tabs separate cells, quotes around a cell of ours that is not the first of its line mean nothing. */
const place = '(?<=^|[;\\t\\r\\n])'
const unmarked = new RegExp(`${place}(?=${formula})|^(?='*[\\t\\r\\n])`, 'gu')
const marked = new RegExp(`${place}'(?=${formula})|^'(?='*[\\t\\r\\n])`, 'gu')

/** Puts the apostrophe, by which spreadsheets know text, before whatever one could take for a formula. */
export function markFormulas(text: string): string {
  return text.replaceAll(unmarked, "'")
}

/** Takes away exactly what `markFormulas` has put there. */
export function unmarkFormulas(cell: string): string {
  return cell.replaceAll(marked, '')
}
