import type { ListKind } from '../list/define-list.ts'
import type { Place } from '../list/paging.ts'
import type { Words } from '../words.ts'
import { readerOf } from './list-request.ts'
import { drawList } from './list-view.tsx'
import type { ListData, ListPage, ListWords } from './list.ts'
import type { FormFields, notFound, Page, PageRequest, Redirect } from './page.ts'
import { addressOf, patternOf } from './paths.ts'

/** Makes a page of a list. */
export function pageOfList<
  C,
  A,
  W extends Words & ListWords,
  K extends ListKind,
  D extends ListData<K>,
  F extends FormFields,
  N extends string,
>(page: ListPage<C, A, W, K, D, F, N>): Page<C, A, W, D, F, undefined, N> {
  const { title } = page
  return {
    ...page,
    load: (ctx, asked) => loadList(page, ctx, { asked }),
    title: title ?? (({ reader }) => page.words.title[reader.language]),
    view: (view) => drawList<{ context: C; words: W; list: K; data: D; fields: F; name: N }>({ page, view }),
  }
}

/** Loads what a page of a list shows: at the place that the address says, unless told. */
export async function loadList<C, K extends ListKind, D extends ListData<K>, N extends string>(
  { path, from, load }: Pick<ListPage<C, unknown, never, K, D, never, N>, 'path' | 'from' | 'load'>,
  ctx: C,
  { asked, place }: { asked: PageRequest<N>; place?: Place },
): Promise<D | typeof notFound | Redirect> {
  const address = { path: addressOf(patternOf(path), asked.params), query: asked.query, place }
  // The page's type has seen to it that such a context reads this list.
  const read = readerOf(ctx as K['context'], from, address)
  if (load) return load(ctx, asked, read)
  const alone: ListData<K> = { list: await read(undefined) }
  // The type of a page without `load` says that it shows no more.
  return alone as D
}
