import type { ComponentChildren, JSX } from 'preact'

export interface Fact {
  term: string
  value: ComponentChildren
}

/** One under the other; `inline`: short ones side by side. */
export function Facts({ facts, inline }: { facts: readonly Fact[]; inline?: boolean }): JSX.Element {
  return (
    <dl class={inline ? 'facts-inline' : 'facts'}>
      {facts.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
