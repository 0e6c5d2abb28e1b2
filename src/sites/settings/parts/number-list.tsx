import type { JSX } from 'preact'
import { hyphened } from '#features/inside-numbers/values.ts'

/** Telephone numbers, none of which is broken. */
export function NumberList({ numbers }: { numbers: readonly string[] }): JSX.Element {
  if (numbers.length === 0) return <>-</>
  return (
    <>
      {numbers.map((number, at) => (
        <>
          {at > 0 && ', '}
          <span class="number">{hyphened(number)}</span>
        </>
      ))}
    </>
  )
}
