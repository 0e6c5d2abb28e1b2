import type { JSX } from 'preact'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import type { IconName } from '#platform/ui/text/icon.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  back: { ja: 'サービスメニューに戻る', en: 'Back to the service menu' },
}

export interface NothingHereProps {
  reader: { language: Language }
  icon: IconName
  /** That there is nothing, and what will stand here once there is something. */
  words: { none: string; noneText: string }
}

/** In place of a list of what the operator tells everybody, while it has no row. */
export function NothingHere({ reader, icon, words: text }: NothingHereProps): JSX.Element {
  return (
    <EmptyState
      icon={icon}
      heading={text.none}
      action={
        <ButtonLink kind="secondary" href={paths.serviceMenu}>
          {inLanguage(words, reader.language).back}
        </ButtonLink>
      }
    >
      {text.noneText}
    </EmptyState>
  )
}
