import type { JSX } from 'preact'
import { rightLabels } from '#sites/frame/guide-labels.ts'
import type { Group } from '#features/user-groups/group.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import type { Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { listTitle } from './words.ts'

/** ユーザグループ一覧 / the group / ユーザグループ権限設定 / this page, if it lies below that one. */
export function RightsTrail({
  group,
  language,
  current,
}: {
  group: Group
  language: Language
  current?: string
}): JSX.Element {
  const page = rightLabels.page[language]
  const trail = [
    { label: listTitle[language], href: paths.userGroups },
    { label: group.name, href: paths.groupRights({ id: group.id }) },
  ]
  const below = { label: page, href: paths.setGroupRights({ id: group.id }) }
  return current === undefined ? (
    <Breadcrumb language={language} trail={trail} current={page} />
  ) : (
    <Breadcrumb language={language} trail={[...trail, below]} current={current} />
  )
}
