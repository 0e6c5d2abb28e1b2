import type { ComponentChildren, JSX } from 'preact'
import { inLanguage, type Language } from '../../words.ts'
import { Icon } from '../text/icon.tsx'

const words = {
  name: { ja: '故障のお知らせ', en: 'Fault notice' },
  fault: { ja: '故障：', en: 'Fault: ' },
}

export interface Alert {
  key: string
  text: ComponentChildren
  /** 「11月22日 13:40 更新」. */
  updated?: ComponentChildren
  link?: { label: string; href: string }
}

export interface AlertBarProps {
  language: Language
  alerts: readonly Alert[]
}

/** Faults that concern the reader; nothing when there are none. */
export function AlertBar({ language, alerts }: AlertBarProps): JSX.Element | null {
  if (alerts.length === 0) return null
  const text = inLanguage(words, language)
  return (
    <section class="alert-bar" aria-label={text.name}>
      {alerts.map((alert) => (
        <p key={alert.key}>
          <span>
            <Icon name="warning" />
            <b>{text.fault}</b>
            {alert.text}
          </span>
          {alert.updated && <span>{alert.updated}</span>}
          {alert.link && <a href={alert.link.href}>{alert.link.label}</a>}
        </p>
      ))}
    </section>
  )
}
