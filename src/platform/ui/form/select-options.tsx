import type { JSX } from 'preact'
import type { Language } from '../../words.ts'

export interface SelectOption {
  value: string
  label: string
  /** Where the word is of another language than the page. */
  language?: Language | undefined
  /** Those of one group stand together, under its name. */
  group?: string
}

export function SelectOptions({
  options,
  isChosen,
}: {
  options: readonly SelectOption[]
  isChosen: (value: string) => boolean
}): JSX.Element {
  const groups = [...Map.groupBy(options, ({ group = '' }) => group)]
  return (
    <>
      {groups.map(([group, own]) => {
        const inside = own.map(({ value, label, language }) => (
          // Without a value the label is the value: hundreds of time zones need not stand twice.
          <option key={value} value={value === label ? undefined : value} lang={language} selected={isChosen(value)}>
            {label}
          </option>
        ))
        return group === '' ? (
          inside
        ) : (
          <optgroup key={group} label={group}>
            {inside}
          </optgroup>
        )
      })}
    </>
  )
}
