import { findCallGroup } from '#features/call-groups/call-group.ts'
import { linkWords } from '../links.ts'
import { removalPage } from '../parts/remove-inside.tsx'
import { paths } from '../paths.ts'

/** 着信グループの削除 */
export const deleteCallGroupPage = removalPage({
  path: paths.deleteCallGroup,
  title: { ja: (name) => `着信グループ「${name}」の削除`, en: (name) => `Delete the call group “${name}”` },
  find: findCallGroup,
  kind: 'group',
  list: { path: paths.callGroups, label: linkWords.callGroups },
  own: paths.callGroup,
})
