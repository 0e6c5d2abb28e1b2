import { z } from 'zod'
import { renewRecoveryCodes } from '#features/recovery-codes/renew.ts'
import { beginConfirmation, findConfirmation, finishConfirmation } from '#features/sign-in/confirm.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { PasswordField, TextField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { backOf } from '#platform/web/confirmation.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import { definePaths } from '#platform/web/paths.ts'
import { secondSite } from './second-site.tsx'

/** What is critical on the second site: a page with a secret field, a button, and where the second factor is shown. */

export const criticalPaths = definePaths({ secret: '/secret', renew: '/renew', confirm: '/confirm/:id' })

const words = {
  title: { ja: '暗証番号の変更', en: 'Change the PIN' },
  name: { ja: '名前', en: 'Name' },
  secret: { ja: '暗証番号', en: 'PIN' },
  unlike: { ja: '名前と同じ暗証番号は使えません。', en: 'The PIN cannot be the name.' },
  renew: { ja: 'コードの作り直し', en: 'Make new codes' },
  done: { ja: 'コードを作り直しました。', en: 'New codes were made.' },
  wrong: { ja: 'コードが正しくありません。', en: 'The code is wrong.' },
  apply: { ja: '変更する', en: 'Change' },
}

export const secretPage = secondSite.page({
  path: criticalPaths.secret,
  allow: 'user',
  words,
  load: async () => null,
  form: {
    name: { label: words.name, value: z.string().min(1) },
    secret: { label: words.secret, value: z.string().min(1), secret: true },
  },
  check: ({ input, words: text }) => (input.name === input.secret ? problemAt('secret', text.unlike) : undefined),
  submit: async () => redirect(criticalPaths.secret, { notice: 'as it was' }),
  critical: {
    when: ({ input }) => input.secret !== 'unchanged',
    submit: async (_ctx, { input }) => redirect(criticalPaths.secret, { notice: `${input.name} has ${input.secret}` }),
  },
  title: ({ words: text }) => text.title,
  view: ({ form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Form form={form} layout="page">
        <TextField form={form} name="name" label={text.name} language={language} />
        <PasswordField form={form} name="secret" label={text.secret} language={language} autoComplete="new-password" />
        <Button>{text.apply}</Button>
      </Form>
      <Form form={{ action: criticalPaths.renew, token: '' }} layout="plain">
        <Button>{text.renew}</Button>
      </Form>
    </>
  ),
})

export const renewAction = secondSite.action({
  path: criticalPaths.renew,
  allow: 'user',
  words,
  form: { sure: { label: words.renew, value: z.literal('on') } },
  back: criticalPaths.secret,
  critical: {
    title: words.renew,
    async submit(ctx, { words: text }) {
      await renewRecoveryCodes(ctx)
      return redirect(criticalPaths.secret, { notice: text.done })
    },
  },
})

export const secondConfirmPage = secondSite.confirmation({
  path: criticalPaths.confirm,
  allow: 'user',
  words,
  begin: beginConfirmation,
  async find(ctx, id) {
    const found = await findConfirmation(ctx, id)
    return found?.state === 'awaited' ? { state: 'awaited', form: found.form, factor: found.signIn } : found
  },
  form: { code: { label: words.title, value: z.string(), secret: true } },
  async judge(ctx, { confirmation, input, words: text }) {
    const shown = await finishConfirmation(ctx, {
      signIn: confirmation.factor,
      code: input.code,
      kind: 'own-factor',
      browserToken: '',
    })
    return shown.ok ? { session: shown.value } : problemAt('code', text.wrong, shown)
  },
  title: ({ words: text }) => text.title,
  view: ({ data, form, reader: { language } }) => (
    <>
      <a href={backOf(data)}>{data.state === 'awaited' ? data.form.title[language] : data.state}</a>
      <Form form={form} layout="plain">
        <input name="code" />
      </Form>
    </>
  ),
})
