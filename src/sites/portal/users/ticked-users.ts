import { z } from 'zod'
import type { Context } from '#features/actor.ts'
import { dropTicks, keepTicks, mostTicked } from '#features/selections/selection.ts'
import { isId, rowId } from '#platform/form.ts'
import type { EveryId, ListKind } from '#platform/list/define-list.ts'
import { longestKeyword } from '#platform/list/keywords.ts'
import { pageSizes } from '#platform/list/paging.ts'
import { hrefOf, listAsAsked, type ListQuery, tickEvery, tickNone } from '#platform/ui/list/list-query.tsx'
import type { ShownList } from '#platform/web/list-request.ts'
import { type Field, type PageRequest, type Redirect, redirect } from '#platform/web/page.ts'

/** What a list of users says whose rows can be ticked. */
export const tickWords = {
  user: { ja: 'ユーザー', en: 'User' },
  shown: { ja: '表示中のユーザー', en: 'Users of this page' },
  to: { ja: '次の画面', en: 'Next page' },
  q: { ja: '絞り込みキーワード', en: 'Filter keywords' },
  size: { ja: '表示件数', en: 'Rows per page' },
  ticked: { ja: (n: string): string => `${n}名を選択中`, en: (n: string): string => `Chosen: ${n}` },
  tickAll: {
    ja: (n: string): string => `該当${n}名をすべて選択`,
    en: (n: string): string => `Choose all ${n} that match`,
  },
  onlySome: {
    ja: `一度に選択できるのは${mostTicked.toLocaleString('ja-JP')}名までです。はじめの${mostTicked.toLocaleString('ja-JP')}名を選択しました。`,
    en: `Only ${mostTicked.toLocaleString('en-GB')} users can be chosen at a time: the first of them are.`,
  },
  noUser: {
    ja: 'ユーザーが選択されていません。対象のユーザーにチェックを付けてください。',
    en: 'No user is chosen. Tick those whom it is about.',
  },
}

/** As the platform's `Selection` sends them. */
export const tickFields = {
  user: { label: tickWords.user, value: z.array(rowId).max(pageSizes.at(-1) ?? 0), many: true },
  shown: { label: tickWords.shown, value: z.string().max(10_000).transform(idsIn).optional(), carried: true },
  to: { label: tickWords.to, value: z.string().max(2000).optional() },
  q: { label: tickWords.q, value: z.string().max(longestKeyword).optional() },
  size: { label: tickWords.size, value: z.string().max(10).optional() },
} satisfies Record<string, Field>

function idsIn(text: string): string[] {
  return text.split('.').filter(isId)
}

interface Ticking<K extends ListKind> {
  from: EveryId<K>
  list: ShownList<K>
  input: { user: string[]; shown?: string[] | undefined; to?: string | undefined }
  /** What the form asks the list by, if it is to be shown as asked. */
  asking: ListQuery
  query: PageRequest['query']
}

/**
 * Keeps the ticks that were sent. Answers where to go on in the list; or, for a button that does something with them, whom it is
 * about.
 */
export async function ticksIn<K extends ListKind>(
  ctx: K['context'] & Context,
  { from, list, input, asking, query }: Ticking<K>,
): Promise<Redirect | readonly string[]> {
  const { path } = list
  const { user, shown = [], to } = input
  if (to === tickNone) {
    await dropTicks(ctx, path)
    return redirect(hrefOf(path, query))
  }
  const ticked = to === tickEvery ? [...user, ...(await from.everyId(ctx, list.asked, mostTicked))] : user
  const ids = await keepTicks(ctx, path, { shown, ticked })
  if (to === tickEvery)
    return redirect(hrefOf(path, query), list.total > mostTicked ? { notice: tickWords.onlySome[ctx.language] } : {})
  if (to === listAsAsked) return redirect(hrefOf(path, { ...list.query, ...asking }))
  if (to === path || to?.startsWith(`${path}?`)) return redirect(to)
  return ids
}

/** Carries the part of a list that somebody came from, and leads back to it. */
export const listIn = {
  text: (query: PageRequest['query']): string => new URLSearchParams(query).toString(),
  href: (path: string, { list = '' }: PageRequest['query']): string => (list === '' ? path : `${path}?${list}`),
}
