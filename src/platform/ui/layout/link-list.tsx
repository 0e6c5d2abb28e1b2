import type { ComponentChildren, JSX } from 'preact'
import { Icon, type IconName } from '../text/icon.tsx'

export interface LinkListItem {
  href: string
  label: string
  icon?: IconName | undefined
  /** Small, under the label: mostly a time. */
  note?: ComponentChildren
}

export function LinkList({ items }: { items: readonly LinkListItem[] }): JSX.Element | null {
  if (items.length === 0) return null
  return (
    <ul class="link-list">
      {items.map(({ href, label, icon, note }) => (
        <li key={href}>
          <a href={href}>
            {icon && <Icon name={icon} />}
            <span>
              <span class="link-list-label">{label}</span>
              {note && <span class="link-list-note">{note}</span>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
