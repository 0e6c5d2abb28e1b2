import type { ComponentChildren, JSX } from 'preact'
import type { FormView } from '../../form.ts'
import { inLanguage, type Language } from '../../words.ts'
import { classNames } from '../theme/class-names.ts'
import { ConflictTable } from './conflict-table.tsx'
import { fieldId } from './field-frame.tsx'
import { Icon } from '../text/icon.tsx'

const words = {
  fields: {
    ja: (count: number) => `入力内容に問題が${count}件あります`,
    en: (count: number) => (count === 1 ? 'There is a problem' : `There are ${count} problems`),
  },
  /** Nothing that was typed is the reason. */
  form: { ja: '次の内容をご確認ください', en: 'There is a problem' },
  /** What was typed is shown again, and was not sent. */
  changed: {
    ja: 'この画面を開いたあとに、内容が変更されています',
    en: 'This was changed after you opened the page',
  },
}

export interface FormProps {
  form: Pick<FormView, 'action' | 'token'> & Partial<Pick<FormView, 'values'>>
  id?: string | undefined
  /** `page`: no wider than a form reads well. `plain`: no layout of its own, for a lone button. */
  layout?: 'stack' | 'page' | 'plain' | undefined
  /** Asks before leaving with changes that are not sent. */
  guard?: boolean | undefined
  /** It has a FileField. */
  withFile?: boolean | undefined
  children: ComponentChildren
}

/** Posts, with the proof that the form was given to this browser. The server judges, so the browser does not. */
export function Form({ form, id, layout = 'stack', guard, withFile, children }: FormProps): JSX.Element {
  const look = layout === 'plain' ? undefined : classNames('form', layout === 'page' && 'form-page')
  return (
    <form
      class={look}
      id={id}
      method="post"
      action={form.action}
      encType={withFile ? 'multipart/form-data' : undefined}
      noValidate
      data-guard={guard ? '' : undefined}
    >
      <input type="hidden" name="token" value={form.token} />
      {/* What it was made with, where others may change that meanwhile. */}
      {form.values?.['loaded'] !== undefined && (
        <input type="hidden" name="loaded" value={String(form.values['loaded'])} />
      )}
      {children}
    </form>
  )
}

export interface ErrorSummaryProps {
  form: FormView
  language: Language
}

/** Stands above the heading and takes the focus; nothing when all is well. */
export function ErrorSummary({ form, language }: ErrorSummaryProps): JSX.Element | null {
  const { problems, conflict } = form
  if (problems.length === 0 && !conflict) return null
  const heading = inLanguage(words, language)
  return (
    <section
      class="notice notice-trouble"
      id="error-summary"
      tabIndex={-1}
      autofocus
      aria-labelledby="error-summary-heading"
    >
      <Icon name="alert" />
      <div>
        <h2 class="notice-heading" id="error-summary-heading">
          {problems.length === 0
            ? heading.changed
            : problems.every(({ field }) => field === undefined)
              ? heading.form
              : heading.fields(problems.length)}
        </h2>
        <ul>
          {problems.map(({ field, text }) => (
            <li key={`${field} ${text}`}>{field === undefined ? text : <a href={`#${fieldId(field)}`}>{text}</a>}</li>
          ))}
        </ul>
        {conflict && <ConflictTable conflict={conflict} language={language} />}
      </div>
    </section>
  )
}

export interface FieldSetProps {
  legend: ComponentChildren
  /** Two fields side by side where there is room. */
  columns?: boolean | undefined
  children: ComponentChildren
}

export function FieldSet({ legend, columns, children }: FieldSetProps): JSX.Element {
  return (
    <fieldset class="field-set">
      <legend>{legend}</legend>
      <div class={classNames('field-rows', columns && 'field-columns')}>{children}</div>
    </fieldset>
  )
}

export interface CommitBarProps {
  /** What changes, and what that does to whom. */
  effect: ComponentChildren
  /** Cancel first, the primary button last. */
  children: ComponentChildren
}

/** Stays in sight at the foot of a long form. */
export function CommitBar({ effect, children }: CommitBarProps): JSX.Element {
  return (
    <div class="commit-bar">
      <p class="small-text" role="status">
        {effect}
      </p>
      {children}
    </div>
  )
}
