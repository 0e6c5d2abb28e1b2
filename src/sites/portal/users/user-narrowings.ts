import { userLabels } from '#sites/frame/guide-labels.ts'
import type { OfferedGroups } from '#features/user-groups/list.ts'
import { noGroup, periodScopes, type UserScope } from '#features/users/list.ts'
import type { Narrowing } from '#platform/ui/list/list-filter.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { factors, quiet, roles } from './user-scope.ts'
import { factorWord, groupWord, lastLoginLabel, periodLabels, periodScopeWords, roleWords } from './words.ts'

const words = {
  role: userLabels.role,
  groups: userLabels.groups,
  secondFactor: userLabels.secondFactor,
  lastLogin: lastLoginLabel,
  period: periodLabels.period,
  inNone: { ja: '所属なし', en: 'In no group' },
  otherGroup: { ja: 'グループを探す', en: 'Find a group' },
  quiet: { ja: '90日以上ログインなし', en: 'Not for 90 days or more' },
}

interface Narrowed {
  scope: UserScope
  groups: OfferedGroups
  /** Where nobody has a period of use there is nothing to narrow by it. */
  hasPeriods: boolean
  language: Language
}

/** By what the list of users is narrowed beside its states. */
export function narrowingsOf({ scope, groups, hasPeriods, language }: Narrowed): Narrowing[] {
  const { role, factor, group, isQuiet, period } = scope
  const text = inLanguage(words, language)
  const offered = groups.groups.map((each) => ({ value: each.id, label: groupWord(each, language) }))
  return [
    {
      name: 'role',
      label: text.role,
      chosen: role,
      options: optionsOf(roles, (value) => roleWords[value][language]),
    },
    {
      name: 'group',
      label: text.groups,
      chosen: group,
      options: [{ value: noGroup, label: text.inNone }, ...offered],
      // Each leads to its users, who are chosen there as here.
      more: groups.areAll ? undefined : { label: text.otherGroup, href: paths.userGroups },
    },
    {
      name: 'factor',
      label: text.secondFactor,
      chosen: factor,
      options: optionsOf(factors, (value) => factorWord(value, language)),
    },
    {
      name: 'login',
      label: text.lastLogin,
      chosen: isQuiet ? quiet : undefined,
      options: [{ value: quiet, label: text.quiet }],
    },
    {
      name: 'period',
      label: text.period,
      chosen: period,
      options: optionsOf(periodScopes, (value) => periodScopeWords[value][language]),
    },
  ].filter(({ name }) => name !== 'period' || hasPeriods || period !== undefined)
}

function optionsOf<Value extends string>(
  values: readonly Value[],
  labelOf: (value: Value) => string,
): { value: Value; label: string }[] {
  return values.map((value) => ({ value, label: labelOf(value) }))
}
