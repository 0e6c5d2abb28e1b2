import type { ComponentChildren, JSX } from 'preact'
import { Icon, type IconName } from '../text/icon.tsx'

export interface EmptyStateProps {
  icon: IconName
  heading: string
  level?: 2 | 3 | undefined
  /** Why it is empty. */
  children: ComponentChildren
  /** One next step. */
  action?: ComponentChildren
}

export function EmptyState({ icon, heading, level = 2, children, action }: EmptyStateProps): JSX.Element {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div class="empty-state">
      <Icon name={icon} />
      <Heading class="empty-state-heading">{heading}</Heading>
      <p>{children}</p>
      {action}
    </div>
  )
}
