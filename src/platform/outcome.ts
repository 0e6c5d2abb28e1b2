/** What a feature answers: a value, or a refusal the caller must look at. What cannot be foreseen is thrown. */
export type Outcome<Value = void, Code extends string = string> = Done<Value> | Refusal<Code>

export interface Done<Value> {
  ok: true
  value: Value
}

export interface Refusal<Code extends string = string> {
  ok: false
  /** Kebab-case, and the key of its message. */
  problem: Code
  /** True: what was written stays written, as a counter must. False: back to where the task began. */
  keep: boolean
  /** When it may be tried again, where that is known. */
  until?: Date
}

export function done(): Done<void>
export function done<Value>(value: Value): Done<Value>
export function done<Value>(value?: Value): Done<Value | undefined> {
  return { ok: true, value }
}

export function refuse<Code extends string>(
  problem: Code,
  { keep = false, until }: { keep?: boolean; until?: Date } = {},
): Refusal<Code> {
  return { ok: false, problem, keep, ...(until && { until }) }
}
