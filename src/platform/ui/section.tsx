import type { ComponentChildren, JSX } from 'preact'

export interface SectionProps {
  heading: string
  /** A small link at the right end of the heading's line. */
  action?: ComponentChildren
  /** One of several beside each other, with a smaller heading. */
  small?: boolean | undefined
  children: ComponentChildren
}

export function Section({ heading, action, small, children }: SectionProps): JSX.Element {
  return (
    <section class={small ? 'section section-small' : 'section'} aria-label={heading}>
      <div class="section-head">
        <h2>{heading}</h2>
        {action && <div class="small-text">{action}</div>}
      </div>
      {children}
    </section>
  )
}

/** Sections side by side where there is room. */
export function Columns({ count, children }: { count: 2 | 3; children: ComponentChildren }): JSX.Element {
  return <div class={`columns columns-${count}`}>{children}</div>
}
