import type { JSX } from 'preact'
import { type CallOutcome, whoRings } from '#features/call-routing/who-rings.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import { tryChange } from '#features/line-changes/change.ts'
import type { LineContext } from '#features/lines/open.ts'
import type { ExternalNumber } from '#features/numbers/number.ts'
import { bind, type BindingProblem } from '#features/numbers/set-bindings.ts'
import type { FormValues } from '#platform/form.ts'
import { Section } from '#platform/ui/layout/section.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { groupFormWords } from '../call-groups/group-form-words.ts'
import { RingPlan } from '../parts/ring-plan.tsx'
import { bindingsIn, columnsIn } from './binding-rows.ts'
import { bindingProblems } from './number-fields.tsx'

const words = {
  simulation: groupFormWords.simulation,
  simulationText: groupFormWords.simulationText,
  nothing: {
    ja: '変更した行がありません。着信先を変更すると、適用する前に鳴る順番を確認できます。',
    en: 'You have changed no row. Once you have, you can see what would ring before you apply.',
  },
  more: { ja: (count: number) => `ほか${count}件`, en: (count: number) => `and ${count} more` },
  of: { ja: (number: string) => `${number} に着信すると`, en: (number: string) => `A call to ${number}` },
}

/** What rings for the rows as they are filled in; or why they cannot be tried. */
export interface TriedBindings {
  calls: readonly { number: string; call: CallOutcome }[]
  /** Rows that were filled in otherwise. */
  count: number
  refused: string | undefined
}

/** So many rows are followed: each is a call of its own. */
const mostFollowed = 10

/** Makes the change of the rows, asks what rings, and takes it back. */
export async function tryBindings(
  ctx: LineContext,
  rows: readonly { row: ExternalNumber }[],
  values: FormValues,
): Promise<TriedBindings> {
  // Nothing of the form is judged yet: of the rows that are shown, and what they lead to, for a memo rings nothing.
  const shown = new Map(rows.map(({ row }) => [row.id, row]))
  const bindings = bindingsIn(columnsIn(values)).flatMap((binding) => {
    const memo = shown.get(binding.id)?.memo
    return memo === undefined ? [] : [{ ...binding, memo }]
  })
  const numbers = bindings.flatMap(({ id }) => shown.get(id)?.number ?? [])
  let refusedId: string | undefined
  const tried = await tryChange<TriedBindings['calls'], BindingProblem>(
    ctx,
    async (changing) => {
      const bound = await bind(changing, bindings)
      if ('id' in bound) refusedId = bound.id
      return bound
    },
    (changing) =>
      Promise.all(
        numbers.slice(0, mostFollowed).map(async (number) => ({
          number,
          call: await whoRings(changing, { called: number, at: ctx.now, busy: [], unreachable: [] }),
        })),
      ),
  )
  if (tried.ok) return { calls: tried.value, count: numbers.length, refused: undefined }
  const typed = bindings.find(({ id }) => id === refusedId)?.target ?? ''
  const refused = tried.problem === 'may-not-edit' ? undefined : bindingProblems[tried.problem][ctx.language](typed)
  return { calls: [], count: numbers.length, refused }
}

/** Below the list: what the changed rows would ring. */
export function BindingPreview({ tried, language }: { tried: TriedBindings; language: Language }): JSX.Element {
  const text = inLanguage(words, language)
  const { calls, count, refused } = tried
  return (
    <Section heading={text.simulation}>
      {refused !== undefined && <Notice kind="trouble">{refused}</Notice>}
      {refused === undefined && <p>{count === 0 ? text.nothing : text.simulationText}</p>}
      {calls.map(({ number, call }) => (
        <div key={number}>
          <h3>{text.of(hyphened(number))}</h3>
          <RingPlan call={call} called={number} language={language} />
        </div>
      ))}
      {count > calls.length && refused === undefined && <p>{text.more(count - calls.length)}</p>}
    </Section>
  )
}
