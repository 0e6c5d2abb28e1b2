import type { JSX } from 'preact'
import { Icon } from '#platform/ui/text/icon.tsx'
import { TimeLeft } from '#platform/ui/text/time-left.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { administratorLabels } from './guide-labels.ts'

const words = {
  name: { ja: 'アクセス制限の試行', en: 'Access restriction on trial' },
  before: { ja: 'アクセス制限設定を試行中：あと', en: 'The access restriction is on trial: in' },
  after: { ja: 'で元の設定に戻ります', en: 'the former settings apply again' },
}

interface TrialBarProps {
  endsAt: Date
  now: Date
  language: Language
  /** Where it is confirmed or undone. */
  href: string
}

/** That rules of access are on trial, on every page of an administrator. */
export function TrialBar({ endsAt, now, language, href }: TrialBarProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <section class="alert-bar alert-bar-notice" aria-label={text.name}>
      <p>
        <span>
          <Icon name="clock" />
          {text.before} <TimeLeft endsAt={endsAt} now={now} /> {text.after}
        </span>
        <a href={href}>{administratorLabels.accessRules[language]}</a>
      </p>
    </section>
  )
}
