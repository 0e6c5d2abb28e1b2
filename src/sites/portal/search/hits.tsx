import type { ComponentChildren, JSX } from 'preact'
import { Section } from '#platform/ui/layout/section.tsx'

export interface GroupProps {
  of: { total: number; rows: readonly unknown[] }
  heading: string
  text: { counted: (what: string, count: number) => string; seeAll: (count: number) => string }
  /** The list of all that were found. */
  all?: string
  children: ComponentChildren
}

/** What was found of one kind; nothing where there is none. */
export function Group({ of: { total, rows }, heading, text, all, children }: GroupProps): JSX.Element | null {
  if (total === 0) return null
  return (
    <Section
      heading={text.counted(heading, total)}
      small
      action={all && total > rows.length && <a href={all}>{text.seeAll(total)}</a>}
    >
      <ul class="hits">{children}</ul>
    </Section>
  )
}

export function Hit({ link, children }: { link: ComponentChildren; children?: ComponentChildren }): JSX.Element {
  return (
    <li>
      {link}
      {children && <div class="small-text">{children}</div>}
    </li>
  )
}
