import type { ComponentChildren, JSX } from 'preact'
import { Icon, type IconName } from '../text/icon.tsx'

export interface CardProps {
  heading: string
  href: string
  icon?: IconName | undefined
  /** Read out after the heading, for a card that leads to another site; the icon says it to the eye. */
  outside?: string | undefined
  children?: ComponentChildren
}

/** The whole card leads where its heading leads. */
export function Card({ heading, href, icon, outside, children }: CardProps): JSX.Element {
  return (
    <div class="card">
      {icon && <Icon name={icon} />}
      <div>
        <h3>
          <a href={href} {...(outside && { target: '_blank', rel: 'noopener noreferrer' })}>
            {heading}
            {outside && <span class="visually-hidden">{outside}</span>}
          </a>
        </h3>
        {children && <p class="small-text">{children}</p>}
      </div>
    </div>
  )
}

/** As many cards in a row as there is room for. */
export function CardGrid({ children }: { children: ComponentChildren }): JSX.Element {
  return <div class="card-grid">{children}</div>
}
