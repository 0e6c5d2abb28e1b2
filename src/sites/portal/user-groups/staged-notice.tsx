import type { JSX } from 'preact'
import type { StagedCount } from '#features/user-groups/count-staged.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { stagedLabel } from './words.ts'

const words = {
  label: stagedLabel,
  text: {
    ja: (changes: number, groups: number) =>
      `あなたが選んだ権限の変更が${changes}件（${groups}グループ）あり、まだ反映されていません。`,
    en: (changes: number, groups: number) =>
      `You have chosen changes of rights that are not in force yet: ${changes}, for ${groups === 1 ? 'one group' : `${groups} groups`}.`,
  },
  see: { ja: '変更の内容を確認する', en: 'See the changes' },
}

export interface StagedNoticeProps {
  staged: StagedCount
  language: Language
}

/** That what was chosen has not been put into force: nobody else sees it, and who forgets it believes that it is. */
export function StagedNotice({ staged, language }: StagedNoticeProps): JSX.Element | null {
  if (staged.changes === 0) return null
  const text = inLanguage(words, language)
  return (
    <Notice kind="warning" label={text.label} action={<a href={stagedHref(staged)}>{text.see}</a>}>
      {text.text(staged.changes, staged.groups)}
    </Notice>
  )
}

/** Where it is put into force; of several groups, their list. */
export function stagedHref({ groupId }: Pick<StagedCount, 'groupId'>): string {
  return groupId ? paths.applyGroupRights({ id: groupId }) : hrefOf(paths.userGroups, { rights: 'waiting' })
}
