import type { JSX } from 'preact'
import { signInLabels } from '#sites/frame/guide-labels.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { overProblems } from './problem-words.ts'

const words = {
  heading: { ja: 'このIPアドレスからは利用できません', en: 'You cannot log in from this address' },
  back: signInLabels.signIn,
}

/** In place of a step of the login, where its user may not come in. */
export function RefusedLogin({ language }: { language: Language }): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <Panel roomy>
      <PageHeading heading={text.heading} lead={overProblems['address-refused'][language]} tall />
      <div>
        <ButtonLink kind="secondary" href={paths.signIn}>
          {text.back}
        </ButtonLink>
      </div>
    </Panel>
  )
}
