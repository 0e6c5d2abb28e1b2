import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import type { Role } from '#features/actor.ts'
import { noGroup, periodScopes, type UserScope } from '#features/users/list.ts'
import type { SecondFactor } from '#features/users/user.ts'
import { isId } from '#platform/form.ts'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'
import type { Field, PageRequest } from '#platform/web/page.ts'
import { lastLoginLabel, periodLabels } from './words.ts'

export const roles: readonly Role[] = ['portal-administrator', 'general-user']
export const factors: readonly SecondFactor[] = ['totp', 'mail-otp']
export const quiet = '90-days'

const text = z.string().max(100).optional()

/** What narrows the list of users, where its form is posted first. */
export const scopeFields = {
  role: { label: userLabels.role, value: text },
  factor: { label: userLabels.secondFactor, value: text },
  group: { label: userLabels.groups, value: text },
  login: { label: lastLoginLabel, value: text },
  period: { label: periodLabels.period, value: text },
} satisfies Record<string, Field>

/** Which users an address asks for, as far as that can be; and how it says so. */
export function userScopeIn(query: PageRequest['query']): { scope: UserScope; kept: ListQuery } {
  const role = roles.find((each) => each === query.role)
  const factor = factors.find((each) => each === query.factor)
  const { group: asked = '' } = query
  const group = asked === noGroup || isId(asked) ? asked : undefined
  const isQuiet = query.login === quiet ? true : undefined
  const period = periodScopes.find((each) => each === query.period)
  const kept = { role, factor, group, login: isQuiet && quiet, period }
  return { scope: { role, factor, group, isQuiet, period }, kept }
}
