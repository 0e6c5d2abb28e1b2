import { z } from 'zod'
import { rowId } from '#platform/form.ts'

export const thingKinds = [
  'service',
  'contract',
  'order',
  'ticket',
  'incident',
  'notice',
  'list',
  'settings-list',
  'user',
  'user-group',
] as const
export type ThingKind = (typeof thingKinds)[number]

/** What a shortcut leads to: something that has a page of its own. */
export interface Thing {
  kind: ThingKind
  id: string
}

export const thingFields = { kind: z.enum(thingKinds), id: rowId }

/** What a page says that it is about. Throws when that is no thing. */
export function thingOf(about: { kind: string; id: string }): Thing {
  return z.object(thingFields).parse(about)
}

export function isSame(one: Thing, other: Thing): boolean {
  return one.kind === other.kind && one.id === other.id
}
