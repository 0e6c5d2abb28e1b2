import type { List, ListKind } from '#platform/list/define-list.ts'

/** The types of a list. */
export type KindOf<L> = L extends List<infer K extends ListKind> ? K : never
