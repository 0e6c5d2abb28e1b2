import type { ComponentChildren, JSX } from 'preact'
import { classNames } from '../theme/class-names.ts'

export interface SectionProps {
  heading: string
  /** A small link at the right end of the heading's line. */
  action?: ComponentChildren
  /** One of several beside each other, with a smaller heading. */
  small?: boolean | undefined
  /** A column of cards under a line. */
  ruled?: boolean | undefined
  children: ComponentChildren
}

export function Section({ heading, action, small, ruled, children }: SectionProps): JSX.Element {
  return (
    <section class={classNames('section', small && 'section-small', ruled && 'section-ruled')} aria-label={heading}>
      <div class="section-head">
        <h2>{heading}</h2>
        {action && <div class="small-text">{action}</div>}
      </div>
      {children}
    </section>
  )
}

/** A section, and Columns that stand beside it on wide screens. */
export function WithAside({ children }: { children: ComponentChildren }): JSX.Element {
  return <div class="with-aside">{children}</div>
}

/** Sections side by side where there is room. */
export function Columns({ count, children }: { count: 2 | 3; children: ComponentChildren }): JSX.Element {
  return <div class={`columns columns-${count}`}>{children}</div>
}
