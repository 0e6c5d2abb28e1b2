import type { ComponentChildren, JSX } from 'preact'
import { inLanguage, type Language } from '../../words.ts'
import { Icon } from './icon.tsx'

export interface Step {
  label: string
  state: 'done' | 'current' | 'to-come'
  /** What it means, or when it was. */
  note?: ComponentChildren
  /** What else is said of it, in lines of its own. */
  more?: ComponentChildren
}

const words = {
  done: { ja: '（済み）', en: ' (done)' },
  current: { ja: '（現在）', en: ' (now)' },
  'to-come': { ja: '（これから）', en: ' (to come)' },
}

/** How far something is, from above. */
export function Progress({ language, steps }: { language: Language; steps: readonly Step[] }): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <ol class="progress">
      {steps.map(({ label, state, note, more }) => (
        <li class={`progress-${state}`} aria-current={state === 'current' ? 'step' : undefined} key={label}>
          <span class="progress-mark">{state === 'done' && <Icon name="check" />}</span>
          <div>
            <b>{label}</b>
            <span class={state === 'current' ? 'progress-now' : 'visually-hidden'}>{text[state]}</span>
            {note && <p class="small-text">{note}</p>}
            {more}
          </div>
        </li>
      ))}
    </ol>
  )
}
