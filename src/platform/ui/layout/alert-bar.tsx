import type { ComponentChildren, JSX } from 'preact'
import { inLanguage, type Language } from '../../words.ts'
import { Icon } from '../text/icon.tsx'

const words = {
  name: { ja: '故障のお知らせ', en: 'Fault notice' },
  fault: { ja: '故障：', en: 'Fault: ' },
  /** On phones, where one line is shown. */
  others: { ja: (n: number) => `ほか${n}件`, en: (n: number) => `${n} more` },
}

export interface Alert {
  key: string
  text: ComponentChildren
  /** 「11月22日 13:40 更新」. */
  updated?: ComponentChildren
  /** `what` is seen where there is room. */
  link?: { what: string; label: string; href: string }
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
      {alerts.map((alert, at) => (
        <p key={alert.key}>
          <span class="alert-text">
            <Icon name="warning" />
            <b>{text.fault}</b>
            {alert.text}
          </span>
          {alert.updated && <span class="alert-updated">{alert.updated}</span>}
          {at === 0 && alerts.length > 1 && <span class="alert-others">{text.others(alerts.length - 1)}</span>}
          {alert.link && (
            <a href={alert.link.href}>
              <span class="alert-what">{alert.link.what}</span>
              {alert.link.label}
            </a>
          )}
        </p>
      ))}
    </section>
  )
}
