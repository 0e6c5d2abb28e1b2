import type { JSX } from 'preact'
import { fieldId, FieldGroupFrame, type FieldProps, isChosen } from './field-frame.tsx'

export interface ChoicesFieldProps extends Omit<FieldProps, 'most'> {
  options: readonly { value: string; label: string }[]
  /** Each under a name of its own, `name.value`; else several values under one. */
  apart?: boolean | undefined
}

/** Boxes to tick, of which any number may be. */
export function ChoicesField({ options, apart, ...field }: ChoicesFieldProps): JSX.Element {
  return (
    <FieldGroupFrame {...field} many>
      <div class="choices">
        {options.map((option, index) => {
          const [name, value] = apart ? [`${field.name}.${option.value}`, 'on'] : [field.name, option.value]
          return (
            <label class="choice" key={option.value}>
              {/* The first one carries the field's id: the error summary leads there. */}
              <input
                type="checkbox"
                id={index === 0 ? fieldId(field.name) : undefined}
                name={name}
                value={value}
                checked={isChosen(field.form, name, value)}
              />
              <span>{option.label}</span>
            </label>
          )
        })}
      </div>
    </FieldGroupFrame>
  )
}
