import type { ComponentChildren, JSX } from 'preact'
import { Icon, type IconName } from './icon.tsx'

export type NoticeKind = 'info' | 'ok' | 'warning' | 'trouble'

export interface NoticeProps {
  kind: NoticeKind
  heading?: ComponentChildren
  /** Names the notice where its heading is not text alone. */
  label?: string | undefined
  level?: 2 | 3 | undefined
  icon?: IconName | undefined
  /** Says what has just happened: read out by screen readers without taking the focus. */
  live?: boolean | undefined
  /** At most one button or link. */
  action?: ComponentChildren
  children?: ComponentChildren
}

const icons = { info: 'info', ok: 'check', warning: 'warning', trouble: 'alert' } as const

export function Notice({ kind, heading, label, level = 2, icon, live, action, children }: NoticeProps): JSX.Element {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section
      class={`notice notice-${kind}`}
      aria-label={label ?? (typeof heading === 'string' ? heading : undefined)}
      role={live ? 'status' : undefined}
    >
      <Icon name={icon ?? icons[kind]} />
      <div>
        {heading !== undefined && <Heading class="notice-heading">{heading}</Heading>}
        {typeof children === 'string' ? <p>{children}</p> : children}
      </div>
      {action && <div class="notice-action">{action}</div>}
    </section>
  )
}
