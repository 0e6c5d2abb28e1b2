import type { FormValues, TypedText } from '../form.ts'
import type { Language } from '../words.ts'
import type { Field, FormFields } from './page.ts'
import { type ParseResult, parseFields, readBody } from './form-input.ts'
import { isFormToken } from './form-token.ts'
import type { WebRequest } from './request.ts'
import type { WebContext } from './site.ts'

/** What was posted, and whether it may be submitted. */
export interface PostedForm<F extends FormFields> {
  values: FormValues
  /** Whether the form was given to this browser by us. */
  isOurs: boolean
  parsed: ParseResult<F>
}

/** Reads a form and checks that it was ours; it is parsed before the transaction, since nothing of that needs one. */
export async function receiveForm<F extends FormFields>(
  c: WebContext,
  request: WebRequest,
  fields: F | undefined,
): Promise<PostedForm<F>> {
  const { token, values } = await readBody(c, fields)
  const { secrets } = request.visitor
  // Who has logged out in one tab may send what another tab still shows: it was ours, in the session that was.
  const { session, left } = request.asked.cookies
  const browserTokens = [request.browserToken, ...(left !== undefined && session === undefined ? [left] : [])]
  if (!browserTokens.some((browserToken) => isFormToken(token, { secrets, browserToken, path: request.path }))) {
    return { values, isOurs: false, parsed: { ok: false, problemsIn: (language) => [{ text: expired[language] }] } }
  }
  return keptForm(fields, values)
}

/** A form that was received before. */
export function keptForm<F extends FormFields>(fields: F | undefined, values: FormValues): PostedForm<F> {
  return { values, isOurs: true, parsed: parseFields(fields, values) }
}

/** What may be shown or kept again. */
export function withoutSecrets(
  fields: FormFields,
  values: Readonly<Record<string, FormValues[string] | undefined>>,
): FormValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined || isNotShown(fieldOf(fields, name)) ? [] : [[name, value]],
    ),
  )
}

/** What may be kept of a form for later: nothing when nobody typed anything into it. */
export function draftOf(fields: FormFields, values: FormValues): FormValues {
  const kept = withoutSecrets(fields, values)
  return Object.keys(kept).some((name) => !fieldOf(fields, name)?.carried) ? kept : {}
}

/** What people read of a form: each field that something was typed into, under its label. */
export function typedTexts(fields: FormFields, values: FormValues, language: Language): TypedText[] {
  return Object.entries(withoutSecrets(fields, values)).flatMap(([name, value]) => {
    const field = fieldOf(fields, name)
    const text = [value].flat().join(', ').trim()
    return !field || field.carried || text === '' ? [] : [{ label: field.label[language], text }]
  })
}

const isNotShown = (field: Field | undefined): boolean => Boolean(field?.secret ?? field?.file)

/** `right.<id>` is the field `right` of one row. */
const fieldOf = (fields: FormFields, name: string): Field | undefined => fields[name.split('.', 1).join()]

const expired = {
  ja: '画面の有効期限が切れていたため、受け付けていません。内容を確認して、もう一度操作してください。',
  en: 'This page had expired, so nothing was done. Check it and try again.',
}
