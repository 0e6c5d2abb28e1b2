import type { JSX } from 'preact'
import { encode } from 'uqr'

/** Modules of white that a reader needs round the code (ISO/IEC 18004, 6.3.8). */
const quietZone = 4

export interface QrCodeProps {
  text: string
  /** What to do with it, and what else there is: told in place of the drawing. */
  label: string
}

/** Black on white in every theme, as readers expect it. */
export function QrCode({ text, label }: QrCodeProps): JSX.Element {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone })
  return (
    <svg class="qr-code" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path d={data.map(rowOf).join('')} />
    </svg>
  )
}

/** The dark runs of one row as the outline of rectangles. */
function rowOf(row: readonly boolean[], y: number): string {
  const bits = row.map((isDark) => (isDark ? '1' : '0')).join('')
  return [...bits.matchAll(/1+/g)].map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`).join('')
}
