import type { ComponentChildren, JSX } from 'preact'
import { Icon, type IconName } from './icon.tsx'

/** Only trouble has colour; `plain` names any other state that needs a frame. */
export type BadgeKind = 'trouble' | 'warning' | 'current' | 'plain'

export interface BadgeProps {
  kind: BadgeKind
  icon?: IconName | undefined
  children: ComponentChildren
}

const icons = { trouble: 'warning', warning: 'wrench', current: undefined, plain: undefined } as const

export function Badge({ kind, icon, children }: BadgeProps): JSX.Element {
  const name = icon ?? icons[kind]
  return (
    <span class={`badge badge-${kind}`}>
      {name && <Icon name={name} />}
      {children}
    </span>
  )
}

/** The normal state: plain words with a tick. */
export function PlainState({
  icon = 'check',
  children,
}: {
  icon?: IconName
  children: ComponentChildren
}): JSX.Element {
  return (
    <span class="plain-state">
      <Icon name={icon} />
      {children}
    </span>
  )
}

export interface DotProps {
  count: number
  kind?: 'trouble' | 'news' | undefined
  /** Read out around the number: 「故障 」1「件」. */
  before?: string | undefined
  after?: string | undefined
}

export function Dot({ count, kind = 'news', before, after }: DotProps): JSX.Element {
  return (
    <span class={`dot dot-${kind}`}>
      {before && <span class="visually-hidden">{before}</span>}
      {count}
      {after && <span class="visually-hidden">{after}</span>}
    </span>
  )
}
