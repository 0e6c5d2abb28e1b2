import type { JSX } from 'preact'
import { classNames } from '../theme/class-names.ts'
import { fieldId } from './field-frame.tsx'
import { Icon } from '../text/icon.tsx'

export interface SegmentsProps {
  /** Names the choice; read out, not seen. */
  legend: string
  name: string
  /** The first one is the quiet one: it stands for nothing. */
  options: readonly { value: string; label: string }[]
  chosen: string
  /** Seen when something else is chosen than what is in force, and as soon as it is. */
  former: string
  isChanged: boolean
}

/** One of a few, side by side, of which each row of a table has a choice. */
export function Segments({ legend, name, options, chosen, former, isChanged }: SegmentsProps): JSX.Element {
  return (
    <fieldset class={classNames('segments', isChanged && 'segments-changed')}>
      <legend class="visually-hidden">{legend}</legend>
      <div>
        {options.map(({ value, label }, index) => (
          <label key={value}>
            <input
              type="radio"
              id={index === 0 ? fieldId(name) : undefined}
              name={name}
              value={value}
              checked={value === chosen}
            />
            <Icon name="check" />
            {label}
          </label>
        ))}
      </div>
      <span class="segments-former">{former}</span>
    </fieldset>
  )
}
