import type { FormValues } from '../form.ts'
import type { FormFields } from './page.ts'
import { type Body, type ParseResult, parseFields, readBody } from './form-input.ts'
import { isFormToken } from './form-token.ts'
import type { WebRequest } from './request.ts'
import type { WebContext } from './site.ts'

/** What was posted, and whether it may be submitted. */
export interface PostedForm<F extends FormFields> {
  body: Body
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
  const body = await readBody(c, fields)
  const { secrets } = request.visitor
  if (!isFormToken(body.token, { secrets, browserToken: request.browserToken, path: request.path })) {
    return { body, isOurs: false, parsed: { ok: false, problemsIn: (language) => [{ text: expired[language] }] } }
  }
  return { body, isOurs: true, parsed: parseFields(fields, body.values) }
}

/** What may be shown or kept again. */
export function withoutSecrets(
  fields: FormFields,
  values: Readonly<Record<string, FormValues[string] | undefined>>,
): FormValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined || fields[name]?.secret ? [] : [[name, value]],
    ),
  )
}

const expired = {
  ja: '画面の有効期限が切れていたため、受け付けていません。内容を確認して、もう一度操作してください。',
  en: 'This page had expired, so nothing was done. Check it and try again.',
}
