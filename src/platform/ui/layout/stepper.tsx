import type { JSX } from 'preact'
import { inLanguage, type Language } from '../../words.ts'
import { Icon } from '../text/icon.tsx'

const words = {
  done: { ja: '（完了）', en: ' (done)' },
  current: { ja: '（現在の手順）', en: ' (current step)' },
}

export interface StepperProps {
  /** What each step is called, in order. */
  steps: readonly string[]
  /** The one this page is, from 1. */
  current: number
  language: Language
}

/** Where one is in what has a fixed order. The page's heading says the same in words: 「（2/3）」. */
export function Stepper({ steps, current, language }: StepperProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <ol class="stepper">
      {steps.map((step, index) => {
        const isDone = index + 1 < current
        const isCurrent = index + 1 === current
        return (
          <li key={step} class={isDone ? 'step-done' : undefined} aria-current={isCurrent ? 'step' : undefined}>
            <span class="step-mark" aria-hidden="true">
              {isDone ? <Icon name="check" /> : index + 1}
            </span>
            <span>
              {step}
              {(isDone || isCurrent) && <span class="visually-hidden">{isDone ? text.done : text.current}</span>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
