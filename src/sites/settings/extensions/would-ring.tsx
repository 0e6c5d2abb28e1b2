import type { JSX } from 'preact'
import type { Line } from '#features/lines/open.ts'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { changedJustNow } from '#platform/web/meanwhile-words.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { RingPlan } from '../parts/ring-plan.tsx'
import { numberProblem } from './extension-fields.tsx'
import type { Tried } from './extension-preview.ts'

const words = {
  heading: { ja: '入力した設定で鳴る順番', en: 'What would ring with what you entered' },
  notYet: { ja: 'まだ適用していません。', en: 'It is not in force yet.' },
  incomplete: {
    ja: '入力内容に誤りがあるため、確認できません。入力し直してから、もう一度確認してください。',
    en: 'It cannot be tried as it stands. Correct what you entered, and try again.',
  },
}

interface WouldRingProps {
  tried: Tried
  line: Line
  language: Language
}

/** What the second button of the form of an extension answers. */
export function WouldRing({ tried, line, language }: WouldRingProps): JSX.Element {
  const text = inLanguage(words, language)
  const { refused } = tried
  return (
    <Section heading={text.heading}>
      {refused === undefined ? (
        <Panel>
          <p class="small-text">{text.notYet}</p>
          <RingPlan call={tried.call} called={tried.number} language={language} />
        </Panel>
      ) : (
        <Notice kind="warning" label={text.heading}>
          {refused === 'incomplete'
            ? text.incomplete
            : refused === 'changed-meanwhile'
              ? changedJustNow[language]
              : numberProblem(refused, line, language)}
        </Notice>
      )}
    </Section>
  )
}
