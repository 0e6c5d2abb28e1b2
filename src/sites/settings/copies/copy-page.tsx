import { z } from 'zod'
import { type Candidate, findCandidates, mostCopied } from '#features/line-copies/candidates.ts'
import { copyTo, type LineCopy } from '#features/line-copies/copy.ts'
import { keepRun } from '#features/line-copies/run.ts'
import type { LineContext } from '#features/lines/open.ts'
import { type FormValues, isId } from '#platform/form.ts'
import { longestKeyword, termsOf } from '#platform/list/keywords.ts'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { notFound, type Preview, problemAt, redirect } from '#platform/web/page.ts'
import type { Route } from '#platform/web/paths.ts'
import type { Phrase } from '#platform/words.ts'
import { dueFields, reserving } from '../parts/due.tsx'
import { LineHeading } from '../parts/line-heading.tsx'
import { paths } from '../paths.ts'
import { settings, type SettingsPath } from '../site.tsx'
import type { CopyData } from './copy-data.ts'
import { CopyForm } from './copy-form.tsx'
import { copyFormWords } from './copy-form-words.ts'

const words = copyFormWords

/** What can be copied: how it is found, and what of it is made elsewhere. */
export interface Copyable<Thing, Code extends string> {
  path: Route<'contract' | 'id'>
  find: (ctx: LineContext, id: string) => Promise<Thing | undefined>
  copyOf: (thing: Thing, withMore: boolean) => LineCopy<Code>
  /** How it is called: `6000 代表グループ`. */
  name: (thing: Thing) => string
  /** What is copied as well unless somebody says no; `also` of the form. */
  more: { label: Phrase; hint: Phrase }
  /** Its list, and its own page. */
  list: { path: Route<'contract'>; label: Phrase }
  own: Route<'contract' | 'id'>
}

const fields = {
  q: { label: words.keyword, value: z.string().max(longestKeyword).optional() },
  contract: { label: words.contracts, value: z.array(z.uuid()).max(1000), many: true },
  found: { label: words.keyword, value: z.string().max(longestKeyword).optional(), carried: true },
  everything: { label: words.contracts, value: z.literal('on').optional() },
  also: { label: words.also, value: z.literal('on').optional() },
  do: { label: words.do, value: z.string().max(20).optional(), carried: true },
  ...dueFields,
} as const

/** Makes the page 「ほかのご契約にも適用する」 of a thing: which contracts, a try in each, and a change of each. */
export function copyPage<Thing, Code extends string>(copyable: Copyable<Thing, Code>): SettingsPath {
  const { path, find, copyOf, name, more, list, own } = copyable
  return settings.page({
    path,
    allow: 'line',
    words,
    async load(ctx, { params, query }): Promise<PageData<Thing> | typeof notFound> {
      const [thing, candidates] = await Promise.all([
        find(ctx, params.id),
        ctx.contract.mayEdit ? findCandidates(ctx, termsOf(query['q'] ?? '')) : [],
      ])
      if (thing === undefined) return notFound
      const { contract, line } = ctx
      const q = query['q'] ?? ''
      return {
        contract,
        line,
        id: params.id,
        name: name(thing),
        thing,
        candidates,
        q,
        told: undefined,
        outcomes: undefined,
      }
    },
    within: ({ contract }) => contract.service.code,
    form: fields,
    initial: ({ q }) => ({ q, also: 'on' }),
    preview: (ctx, filled) => preview(ctx, { ...filled, copyOf }),
    async submit(ctx, { data, input, words: text }) {
      const when = await reserving(ctx, input)
      if ('problems' in when) return when
      const chosen = chosenIn(input, data.candidates)
      if (chosen.length === 0) return problemAt('contract', text.nothingChosen)
      if (isTooMany(chosen)) return problemAt('contract', text.tooMany)
      const copy = copyOf(data.thing, input.also === 'on')
      const outcomes = await copyTo(when, chosen, { copy, isTry: false })
      const id = await keepRun(ctx, { action: copy.action, subject: copy.subject, outcomes })
      return redirect(paths.copyRun({ contract: data.contract.id, id }))
    },
    title: ({ data, words: text }) => text.titleOf(data.name),
    view(view) {
      const { data, form, words: text, reader } = view
      const { language } = reader
      const of = { contract: data.contract.id }
      return (
        <>
          <ErrorSummary form={form} language={language} />
          <LineHeading
            language={language}
            contract={data.contract}
            heading={text.titleOf(data.name)}
            trail={[
              { label: list.label[language], href: list.path(of) },
              { label: data.name, href: own({ ...of, id: data.id }) },
            ]}
          />
          {data.contract.mayEdit && (
            <CopyForm
              data={data}
              form={form}
              language={language}
              more={{ label: more.label[language], hint: more.hint[language] }}
              own={own({ ...of, id: data.id })}
            />
          )}
        </>
      )
    },
  })
}

const foundAnew = 'found-anew' as const

type PageData<Thing> = CopyData & { thing: Thing }

/** Finds contracts, or tries the copy in those that were chosen; both save nothing. */
async function preview<Thing, Code extends string>(
  ctx: LineContext,
  { data, values, copyOf }: { data: PageData<Thing>; values: FormValues } & Pick<Copyable<Thing, Code>, 'copyOf'>,
): Promise<Preview<PageData<Thing>>> {
  const asked = String(values['do'] ?? '')
  const q = String(values['q'] ?? '')
  const shown = { ...data, q, candidates: await findCandidates(ctx, termsOf(q)) }
  // All that are found are those that were shown. What is shown again comes by here once more.
  const isFoundAnew = asked !== 'find' && values['everything'] === 'on' && values['found'] !== q
  if (isFoundAnew || asked === foundAnew)
    return {
      data: { ...shown, told: foundAnew },
      values: { ...values, everything: '', do: foundAnew },
      submits: false,
    }
  if (asked !== 'try') return { data: shown, values, submits: asked === 'apply' }
  const chosen = chosenIn(values, shown.candidates)
  if (isTooMany(chosen)) return { data: { ...shown, told: 'too-many' as const }, values, submits: false }
  const copy = copyOf(data.thing, values['also'] === 'on')
  const outcomes = await copyTo(ctx, chosen, { copy, isTry: true })
  return { data: { ...shown, outcomes }, values, submits: false }
}

const isTooMany = (chosen: readonly string[]): boolean => chosen.length > mostCopied

/** Of the contracts that are ticked or all that are found; what is ticked is judged when its contract is opened. */
function chosenIn(
  values: FormValues | { contract: string[]; everything?: string | undefined },
  candidates: readonly Candidate[],
): string[] {
  // Before a try nothing has judged what was sent.
  const ticked = [values['contract'] ?? []].flat().filter(isId)
  return values['everything'] === 'on' ? [...new Set([...ticked, ...candidates.map(({ id }) => id)])] : ticked
}
