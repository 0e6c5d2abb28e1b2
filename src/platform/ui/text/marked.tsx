import { Fragment, type JSX } from 'preact'
import { markTerms } from '../../list/marks.ts'

/** A text with the terms marked that it was found by. */
export function Marked({ text, terms }: { text: string; terms: readonly string[] }): JSX.Element {
  return (
    <>
      {markTerms(text, terms).map(({ text: piece, isMarked }, at) =>
        isMarked ? <mark key={at}>{piece}</mark> : <Fragment key={at}>{piece}</Fragment>,
      )}
    </>
  )
}
