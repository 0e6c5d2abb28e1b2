import type { JSX } from 'preact'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import type { IconName } from '#platform/ui/text/icon.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import type { Subjects } from './load-subjects.ts'
import { NoContracts } from './no-contracts.tsx'

const words = {
  contact: { ja: 'お問い合わせ窓口を確認する', en: 'See whom to contact' },
}

export interface NothingYetProps {
  reader: { language: Language }
  data: Pick<Subjects<unknown>, 'groups' | 'services'>
  icon: IconName
  /** That there is nothing, and what will stand here once there is something. */
  words: { none: string; noneText: string }
}

/** In place of a list that has never had a row, or none for somebody without rights. */
export function NothingYet({ reader: { language }, data, icon, words: text }: NothingYetProps): JSX.Element {
  if (data.services === 0) return <NoContracts groups={data.groups} language={language} />
  return (
    <EmptyState
      icon={icon}
      heading={text.none}
      action={
        <ButtonLink kind="secondary" href={paths.contact}>
          {inLanguage(words, language).contact}
        </ButtonLink>
      }
    >
      {text.noneText}
    </EmptyState>
  )
}
