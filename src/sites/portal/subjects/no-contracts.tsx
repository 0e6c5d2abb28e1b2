import type { JSX } from 'preact'
import { formatList } from '#platform/ui/text/list-format.ts'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { groupNamed } from '../group-named.ts'

const words = {
  none: { ja: '参照できるご契約がありません', en: 'There are no contracts you can view' },
  noGroup: {
    ja: 'どのユーザーグループにも所属していません。御社のポータル管理者にご連絡ください。',
    en: 'You are in no user group. Ask your portal administrator.',
  },
  noRight: {
    ja: (groups: string) =>
      `所属するユーザーグループ（${groups}）には、参照できるご契約がありません。御社のポータル管理者にご連絡ください。`,
    en: (groups: string) => `Your user groups (${groups}) allow no contract. Ask your portal administrator.`,
  },
}

/** Says why somebody sees no contract. `groups` are the names of those the user is in. */
export function NoContracts({ groups, language }: { groups: readonly string[]; language: Language }): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <EmptyState icon="lock" heading={text.none}>
      {groups.length === 0
        ? text.noGroup
        : text.noRight(
            formatList(
              groups.map((name) => groupNamed(name, language)),
              language,
            ),
          )}
    </EmptyState>
  )
}
