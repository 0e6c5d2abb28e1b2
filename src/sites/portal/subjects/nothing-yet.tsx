import type { JSX } from 'preact'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import type { IconName } from '#platform/ui/text/icon.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { NoContracts } from './no-contracts.tsx'

const words = {
  contact: { ja: 'お問い合わせ窓口を確認する', en: 'See whom to contact' },
}

export interface NothingYetProps {
  language: Language
  /** Names of the user's groups, and how many services they show. */
  groups: readonly string[]
  services: number
  icon: IconName
  heading: string
  /** What will stand here once there is something. */
  children: string
}

/** In place of a list that has never had a row, or none for somebody without rights. */
export function NothingYet({ language, groups, services, icon, heading, children }: NothingYetProps): JSX.Element {
  if (services === 0) return <NoContracts groups={groups} language={language} />
  return (
    <EmptyState
      icon={icon}
      heading={heading}
      action={
        <ButtonLink kind="secondary" href={paths.contact}>
          {inLanguage(words, language).contact}
        </ButtonLink>
      }
    >
      {children}
    </EmptyState>
  )
}
