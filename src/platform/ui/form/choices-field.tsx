import type { JSX } from 'preact'
import { FieldBelow, type FieldProps, fieldId, isChosen } from './field-frame.tsx'

export interface ChoicesFieldProps extends Omit<FieldProps, 'mark' | 'most'> {
  options: readonly { value: string; label: string }[]
}

/** Boxes to tick, of which any number may be: several values under one name. */
export function ChoicesField({ options, ...field }: ChoicesFieldProps): JSX.Element {
  const { form, name, label } = field
  const labelId = `${fieldId(name)}-label`
  return (
    <div class="field" role="group" aria-labelledby={labelId}>
      <span class="field-label" id={labelId}>
        {label}
      </span>
      <div class="choices">
        {options.map((option, index) => (
          <label class="choice" key={option.value}>
            {/* The first one carries the field's id: the error summary leads there. */}
            <input
              type="checkbox"
              id={index === 0 ? fieldId(name) : undefined}
              name={name}
              value={option.value}
              checked={isChosen(form, name, option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <FieldBelow {...field} />
    </div>
  )
}
