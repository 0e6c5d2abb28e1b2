import type { AriaAttributes, ComponentChildren, JSX } from 'preact'
import type { FormView } from '../../form.ts'
import { inLanguage, type Language } from '../../words.ts'
import { Icon } from '../text/icon.tsx'

export interface FieldProps {
  form: FormView
  name: string
  label: string
  language: Language
  /** 「必須」 or 「任意」 beside the label; `required` is told to assistive technology too. */
  mark?: 'required' | 'optional' | undefined
  hint?: ComponentChildren
  /** Characters. More may be typed and pasted: nothing is cut, but the field says so, and the form is refused. */
  most?: number | undefined
}

const words = {
  required: { ja: '必須', en: 'Required' },
  optional: { ja: '任意', en: 'Optional' },
  error: { ja: 'エラー：', en: 'Error: ' },
  /** The script puts a number in place of the mark. */
  left: { ja: 'あと#文字', en: 'Characters left: #' },
  over: { ja: '#文字多すぎます', en: 'Characters too many: #' },
}

/** A label, a control, and under it what is wrong and what helps. */
export function FieldFrame({ children, ...field }: FieldProps & { children: ComponentChildren }): JSX.Element {
  return (
    <div class="field">
      <label class="field-label" for={fieldId(field.name)}>
        {field.label}
        <Mark {...field} />
      </label>
      {children}
      <FieldBelow {...field} />
    </div>
  )
}

/** Several controls under one name, of which one is chosen; `many`: each that is wished. */
export function FieldGroupFrame({
  children,
  many,
  ...field
}: FieldProps & { many?: boolean | undefined; children: ComponentChildren }): JSX.Element {
  const label = `${fieldId(field.name)}-label`
  return (
    <div class="field" aria-labelledby={label} {...groupAttributes(field, many)}>
      <span class="field-label" id={label}>
        {field.label}
        <Mark {...field} />
      </span>
      {children}
      <FieldBelow {...field} />
    </div>
  )
}

export function FieldBelow({ form, name, language, hint, most }: Omit<FieldProps, 'label'>): JSX.Element | null {
  const problem = problemOf(form, name)
  if (problem === undefined && !hint && most === undefined) return null
  return (
    <div class="field-below">
      {problem !== undefined && (
        <p class="field-problem" id={`${fieldId(name)}-problem`}>
          <Icon name="alert" />
          <span>
            <span class="visually-hidden">{inLanguage(words, language).error}</span>
            {problem}
          </span>
        </p>
      )}
      {hint && (
        <div class="field-hint" id={`${fieldId(name)}-hint`}>
          {hint}
        </div>
      )}
      {most !== undefined && <Count most={most} language={language} />}
    </div>
  )
}

/** Uncovered by the script, which knows how many there are, when they become few. */
function Count({ most, language }: { most: number; language: Language }): JSX.Element {
  const text = inLanguage(words, language)
  return <p class="field-count" hidden data-most={most} data-left={text.left} data-over={text.over} />
}

export interface ControlAttributes {
  id: string
  name: string
  required: boolean | undefined
  'aria-invalid': 'true' | undefined
  'aria-describedby': string | undefined
}

/** What ties an input to its label, its problem and its hint. */
export function controlAttributes({
  form,
  name,
  mark,
  hint,
}: Omit<FieldProps, 'label' | 'language'>): ControlAttributes {
  return {
    id: fieldId(name),
    name,
    required: mark === 'required' || undefined,
    'aria-invalid': problemOf(form, name) === undefined ? undefined : 'true',
    'aria-describedby': describedBy(form, name, Boolean(hint)),
  }
}

export function fieldId(name: string): string {
  return `field-${name}`
}

/** What stands in the field; nothing for a field that holds several values or was never filled. */
export function valueOf(form: FormView, name: string): string | undefined {
  const value = form.values[name]
  return typeof value === 'string' ? value : undefined
}

export function isChosen(form: FormView, name: string, option: string): boolean {
  const value = form.values[name]
  return typeof value === 'string' ? value === option : value?.includes(option) === true
}

export function problemOf(form: FormView, name: string): string | undefined {
  return form.problems.find((problem) => problem.field === name)?.text
}

/** What a group of boxes is, assistive technology takes no such words for: they stand beside its label. */
function groupAttributes(
  { form, name, mark, hint }: FieldProps,
  many = false,
): AriaAttributes & { role: 'group' | 'radiogroup' } {
  if (many) return { role: 'group', 'aria-describedby': describedBy(form, name, Boolean(hint)) }
  return {
    role: 'radiogroup',
    'aria-required': mark === 'required' ? 'true' : undefined,
    'aria-invalid': problemOf(form, name) === undefined ? undefined : 'true',
    'aria-describedby': describedBy(form, name, Boolean(hint)),
  }
}

function describedBy(form: FormView, name: string, hasHint: boolean): string | undefined {
  const ids = []
  if (problemOf(form, name) !== undefined) ids.push(`${fieldId(name)}-problem`)
  if (hasHint) ids.push(`${fieldId(name)}-hint`)
  return ids.join(' ') || undefined
}

function Mark({ mark, language }: Pick<FieldProps, 'mark' | 'language'>): JSX.Element | null {
  return mark ? <span class={`field-mark field-mark-${mark}`}>{inLanguage(words, language)[mark]}</span> : null
}
