import { barOfNumber, foldKeyword, foldLetters, withKe } from '../folding.ts'

/** A piece of a text; `isMarked` where a term was found in it. */
export interface Piece {
  text: string
  isMarked: boolean
}

/** Cuts a text where it holds one of the terms, as the database finds it (`fold_search`, `fold_keyword`). */
export function markTerms(text: string, terms: readonly string[]): Piece[] {
  const letters = lettersOf(text)
  const isMarked = letters.map(() => false)
  const { folded, letterAt } = foldEach(letters)
  const wanted = terms.map(foldKeyword).filter(Boolean)
  for (const form of [folded, withKe(folded)])
    for (const term of wanted)
      for (let at = form.indexOf(term); at >= 0; at = form.indexOf(term, at + 1))
        isMarked.fill(true, letterAt[at], (letterAt[at + term.length - 1] ?? 0) + 1)
  return piecesOf(letters, isMarked)
}

/** The folded text, and of each unit of it (UTF-16) the letter that it comes from. */
function foldEach(letters: readonly string[]): { folded: string; letterAt: number[] } {
  const units = letters.flatMap((letter, at) =>
    foldLetters(letter)
      .split('')
      .map((unit) => ({ unit, at })),
  )
  const folded = units.map(({ unit }) => unit).join('')
  for (const { index, 0: bars } of folded.matchAll(barOfNumber))
    for (const each of units.slice(index, index + bars.length)) each.unit = ''
  const left = units.filter(({ unit }) => unit !== '')
  return { folded: left.map(({ unit }) => unit).join(''), letterAt: left.map(({ at }) => at) }
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
