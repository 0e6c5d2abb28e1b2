import type { JSX } from 'preact'

/** How much of the most a number is, to the eye; the number itself stands beside it. */
export function Bar({ value, most }: { value: number; most: number }): JSX.Element {
  const width = most > 0 ? (100 * value) / most : 0
  return (
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect width={width.toFixed(1)} height="10" />
    </svg>
  )
}
