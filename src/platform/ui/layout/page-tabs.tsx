import type { ComponentChildren, JSX } from 'preact'

export interface PageTabsProps {
  /** Read out: what the tabs belong to. */
  label: string
  tabs: readonly { label: string; href: string; isCurrent: boolean }[]
  /** At the right end: what is done on this one. */
  action?: ComponentChildren
}

/** Pages about the same thing. */
export function PageTabs({ label, tabs, action }: PageTabsProps): JSX.Element {
  return (
    <div class="page-tabs">
      <nav aria-label={label}>
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
      {action}
    </div>
  )
}
