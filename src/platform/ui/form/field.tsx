import type { ComponentChildren, JSX } from 'preact'
import { inLanguage, type Language } from '../../words.ts'
import { classNames } from '../theme/class-names.ts'
import {
  controlAttributes,
  FieldBelow,
  fieldId,
  FieldFrame,
  FieldGroupFrame,
  isChosen,
  valueOf,
} from './field-frame.tsx'
import type { FieldProps } from './field-frame.tsx'
import { type SelectOption, SelectOptions } from './select-options.tsx'
import { Icon } from '../text/icon.tsx'

const words = {
  show: { ja: '表示する', en: 'Show' },
  hide: { ja: '隠す', en: 'Hide' },
  shown: { ja: 'パスワードを表示しています', en: 'Your password is visible' },
  hidden: { ja: 'パスワードを隠しました', en: 'Your password is hidden' },
}

/** The keyboard that a phone shows, and what a browser knows of the value. */
type TextKind = 'text' | 'email' | 'tel' | 'url' | 'search' | 'date' | 'time' | 'datetime-local'

export interface TextFieldProps extends FieldProps {
  type?: TextKind | undefined
  autoComplete?: string | undefined
  autoFocus?: boolean | undefined
  width?: ControlWidth
}

/** Of a control; as wide as the form unless told. */
type ControlWidth = 'short' | 'medium' | undefined

export function TextField({ type = 'text', autoComplete, autoFocus, width, ...field }: TextFieldProps): JSX.Element {
  return (
    <FieldFrame {...field}>
      <input
        class={classNames('input', width && `input-${width}`)}
        {...inputType(type)}
        value={valueOf(field.form, field.name)}
        autocomplete={autoComplete ?? 'off'}
        autofocus={autoFocus}
        {...controlAttributes(field)}
      />
    </FieldFrame>
  )
}

export interface TextAreaFieldProps extends FieldProps {
  rows?: number | undefined
}

export function TextAreaField({ rows = 3, ...field }: TextAreaFieldProps): JSX.Element {
  return (
    <FieldFrame {...field}>
      <textarea class="input" rows={rows} {...controlAttributes(field)}>
        {valueOf(field.form, field.name)}
      </textarea>
    </FieldFrame>
  )
}

export interface FileFieldProps extends FieldProps {
  /** What browsers offer first; people may choose anything. */
  accept: string
  /** More than one may be chosen. */
  multiple?: boolean | undefined
}

/** Never holds a value: browsers let no page choose a file. */
export function FileField({ accept, multiple, ...field }: FileFieldProps): JSX.Element {
  return (
    <FieldFrame {...field}>
      <input class="input" type="file" accept={accept} multiple={multiple} {...controlAttributes(field)} />
    </FieldFrame>
  )
}

export interface PasswordFieldProps extends FieldProps {
  autoComplete: 'current-password' | 'new-password'
  autoFocus?: boolean | undefined
}

/** Never holds a value: what was typed does not come back. */
export function PasswordField({ autoComplete, autoFocus, ...field }: PasswordFieldProps): JSX.Element {
  const text = inLanguage(words, field.language)
  return (
    <FieldFrame {...field}>
      <div class="password">
        <input
          class="input"
          type="password"
          autocomplete={autoComplete}
          autofocus={autoFocus}
          autocapitalize="none"
          spellcheck={false}
          {...controlAttributes(field)}
        />
        {/* Without the script there is nothing behind this button: the script uncovers it. */}
        <button
          class="password-toggle"
          type="button"
          hidden
          aria-controls={fieldId(field.name)}
          data-show={text.show}
          data-hide={text.hide}
          data-shown={text.shown}
          data-hidden={text.hidden}
        >
          {text.show}
        </button>
      </div>
    </FieldFrame>
  )
}

export interface CodeFieldProps extends FieldProps {
  /** `one-time` takes digits however they are pasted; `recovery` takes letters and is left as typed. */
  kind?: 'one-time' | 'recovery' | undefined
  autoFocus?: boolean | undefined
}

/** One field for the whole code. A wrong code comes back only when the page puts it into the values. */
export function CodeField({ kind = 'one-time', autoFocus, ...field }: CodeFieldProps): JSX.Element {
  const oneTime = kind === 'one-time'
  return (
    <FieldFrame {...field}>
      <input
        class={classNames('input', 'code-input', !oneTime && 'code-input-recovery')}
        value={valueOf(field.form, field.name)}
        inputmode={oneTime ? 'numeric' : 'text'}
        autocomplete={oneTime ? 'one-time-code' : 'off'}
        autocapitalize={oneTime ? undefined : 'characters'}
        spellcheck={false}
        autofocus={autoFocus}
        data-code={oneTime ? 'digits' : undefined}
        {...controlAttributes(field)}
      />
    </FieldFrame>
  )
}

export interface CheckFieldProps extends FieldProps {
  /** What the form sends when ticked. */
  value?: string | undefined
}

export function CheckField({ value = 'on', ...field }: CheckFieldProps): JSX.Element {
  return (
    <div class="field">
      <label class="choice">
        <input
          type="checkbox"
          value={value}
          checked={isChosen(field.form, field.name, value)}
          {...controlAttributes(field)}
        />
        <span>{field.label}</span>
      </label>
      <div class="choice-below">
        <FieldBelow {...field} />
      </div>
    </div>
  )
}

export interface Option {
  value: string
  label: string
  hint?: ComponentChildren
  /** Where the word is of another language than the page. */
  language?: Language | undefined
}

export interface RadioFieldProps extends FieldProps {
  options: readonly Option[]
  /** One under the other. */
  stacked?: boolean | undefined
}

export function RadioField({ options, stacked, ...field }: RadioFieldProps): JSX.Element {
  return (
    <FieldGroupFrame {...field}>
      <div class={classNames('choices', stacked && 'choices-stacked')}>
        {options.map((option, index) => (
          <label class="choice" key={option.value} lang={option.language}>
            {/* The first one carries the field's id: the error summary leads there. */}
            <input
              type="radio"
              id={index === 0 ? fieldId(field.name) : undefined}
              name={field.name}
              value={option.value}
              checked={isChosen(field.form, field.name, option.value)}
            />
            <span>
              {option.label}
              {option.hint && <span class="choice-hint">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </FieldGroupFrame>
  )
}

export interface SelectFieldProps extends FieldProps {
  options: readonly SelectOption[]
  /** The first entry, sent as an empty value: 「選択してください」. */
  placeholder?: string | undefined
  width?: ControlWidth
}

export function SelectField({ options, placeholder, width, ...field }: SelectFieldProps): JSX.Element {
  return (
    <FieldFrame {...field}>
      <div class={classNames('select', width && `input-${width}`)}>
        <select class="input" {...controlAttributes(field)}>
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          <SelectOptions options={options} isChosen={(value) => isChosen(field.form, field.name, value)} />
        </select>
        <Icon name="down" />
      </div>
    </FieldFrame>
  )
}

// The element's own types take one literal only; this one is already narrow.
function inputType(type: TextKind): Record<string, string> {
  return { type }
}
