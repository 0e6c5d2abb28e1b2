import { z } from 'zod'
import { targetText } from '#features/inside-numbers/targets.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import type { ExternalNumber } from '#features/numbers/number.ts'
import type { Binding } from '#features/numbers/set-bindings.ts'
import type { FormValues, TypedText } from '#platform/form.ts'

// The rows of the form that binds several numbers at once: each carries what it was when the form was made.

/** What stands in the field for a target. */
export function targetValue({ target }: Pick<ExternalNumber, 'target'>): string {
  return target ? targetText(target) : ''
}

const loaded = z.tuple([z.string(), z.string(), z.string()])

/** What a number was when the form was made: a row that nobody has touched is not sent on. */
export function loadedValue(row: ExternalNumber): string {
  return JSON.stringify([targetValue(row), row.memo, row.number] satisfies z.output<typeof loaded>)
}

/** Target, memo and number. Undefined: not as we have made it, so the row counts as touched. */
export function loadedFrom(value: string | undefined): z.output<typeof loaded> | undefined {
  try {
    return loaded.parse(JSON.parse(value ?? ''))
  } catch {
    return undefined
  }
}

type Columns = Record<'target' | 'memo' | 'was' | 'version', Record<string, string>>

/** The rows in which something else stands now than when the form was made. */
export function bindingsIn({ target, memo, was, version }: Columns): Binding[] {
  return Object.entries(target).flatMap(([id, typed]) => {
    const binding = { id, target: typed, memo: (memo[id] ?? '').trim(), version: Number(version[id]) }
    const [wasTarget, wasMemo] = loadedFrom(was[id]) ?? []
    return typed === wasTarget && binding.memo === wasMemo ? [] : [binding]
  })
}

/** What stands in the fields of the rows, of a form that is not judged yet. */
export function columnsIn(values: FormValues): Columns {
  const column = (name: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(values).flatMap(([key, value]) =>
        key.startsWith(`${name}.`) ? [[key.slice(name.length + 1), String(value)]] : [],
      ),
    )
  return { target: column('target'), memo: column('memo'), was: column('was'), version: column('version') }
}

/** The same for people, of a form that cannot be sent on. */
export function typedBindings(values: FormValues): TypedText[] {
  const columns = columnsIn(values)
  return bindingsIn({ ...columns, version: {} }).map(({ id, target, memo }) => ({
    label: hyphened(loadedFrom(columns.was[id])?.[2] ?? ''),
    text: [target, memo].filter(Boolean).join(' / ') || '-',
  }))
}
