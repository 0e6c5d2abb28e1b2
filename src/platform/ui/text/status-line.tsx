import type { ComponentChildren, JSX } from 'preact'

export interface StatusLineProps {
  /** 「運用状況」. */
  heading: string
  /** Each a link to the list that it counts; trouble first. */
  items: readonly StatusLineItem[]
  /** When this was so, at the right end. */
  asOf?: ComponentChildren
}

export interface StatusLineItem {
  href: string
  /** Words, or a badge. */
  label: ComponentChildren
}

export function StatusLine({ heading, items, asOf }: StatusLineProps): JSX.Element {
  return (
    <section class="status-line" aria-label={heading}>
      <b>{heading}</b>
      {items.map(({ href, label }) => (
        <a href={href} key={href}>
          {label}
        </a>
      ))}
      {asOf && <span class="status-line-time">{asOf}</span>}
    </section>
  )
}
