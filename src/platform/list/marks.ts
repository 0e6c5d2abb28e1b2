/** A piece of a text; `isMarked` where a term was found in it. */
export interface Piece {
  text: string
  isMarked: boolean
}

/** Cuts a text where it holds one of the terms, compared letter by letter as `fold_search` of the database compares. */
export function markTerms(text: string, terms: readonly string[]): Piece[] {
  const letters = lettersOf(text)
  const isMarked = letters.map(() => false)
  const folded = letters.map(fold)
  for (const term of terms.map((each) => lettersOf(each).map(fold).join('')).filter(Boolean)) {
    for (let from = 0; from < letters.length; from++) {
      // A hyphen is nothing, so nothing begins with it.
      const length = folded[from] === '' ? 0 : lengthOf(folded, from, term)
      if (length > 0) isMarked.fill(true, from, from + length)
    }
  }
  return piecesOf(letters, isMarked)
}

/** How many letters from here on make up the term; 0: they do not. */
function lengthOf(folded: readonly string[], from: number, term: string): number {
  let found = ''
  for (let at = from; at < folded.length; at++) {
    found += folded[at]
    if (!term.startsWith(found)) return 0
    if (found.length === term.length) return at - from + 1
  }
  return 0
}

function piecesOf(letters: readonly string[], isMarked: readonly boolean[]): Piece[] {
  const pieces: Piece[] = []
  for (const [at, letter] of letters.entries()) {
    const last = pieces.at(-1)
    if (last && last.isMarked === isMarked[at]) last.text += letter
    else pieces.push({ text: letter, isMarked: isMarked[at] === true })
  }
  return pieces
}

const segmenter = new Intl.Segmenter('ja')

/** As readers count them: a half-width kana and its mark of sound are one. */
function lettersOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

const hiraganaToKatakana = 0x60

function fold(letter: string): string {
  return letter
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[ぁ-ゖゝゞ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + hiraganaToKatakana))
    .replaceAll(/[-‐‑‒–−]/g, '')
}
