import type { JSX } from 'preact'
import { changesOf, type Plan } from '#features/user-imports/plan.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  added: { ja: '追加', en: 'Added' },
  changed: { ja: '変更', en: 'Changed' },
  untouched: { ja: '変更なし', en: 'Unchanged' },
  administrators: { ja: '「ポータル管理者」になる方', en: 'Who become portal administrators' },
  people: { ja: (n: number) => `${n}名`, en: (n: number) => String(n) },
}

/** What a file would do, in figures. */
export function PlanCounts({ plan, language }: { plan: Plan; language: Language }): JSX.Element {
  const text = inLanguage(words, language)
  const changes = changesOf(plan)
  const added = changes.filter(({ kind }) => kind === 'added').length
  const administrators = changes.filter(({ fields }) => fields.role === 'portal-administrator').length
  return (
    <Facts
      inline
      facts={[
        { term: text.added, value: text.people(added) },
        { term: text.changed, value: text.people(changes.length - added) },
        { term: text.untouched, value: text.people(plan.rows.length - changes.length) },
        { term: text.administrators, value: text.people(administrators) },
      ]}
    />
  )
}
