import type { JSX } from 'preact'

export interface PageTabsProps {
  /** Read out: what the tabs belong to. */
  label: string
  tabs: readonly { label: string; href: string; isCurrent: boolean }[]
}

/** Pages about the same thing. */
export function PageTabs({ label, tabs }: PageTabsProps): JSX.Element {
  return (
    <nav class="page-tabs" aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <a href={tab.href} aria-current={tab.isCurrent ? 'page' : undefined}>
              {tab.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
