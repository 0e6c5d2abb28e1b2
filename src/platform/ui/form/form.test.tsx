import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderToString } from 'preact-render-to-string'
import type { FormView } from '../../form.ts'
import { PasswordField, RadioField, TextField } from './field.tsx'
import { ErrorSummary, Form } from './form.tsx'

const form: FormView = {
  action: '/login',
  token: 'proof',
  values: { name: '<田中>', password: 'secret', role: 'b' },
  problems: [{ field: 'name', text: '名前は、すでに登録されています。' }, { text: '時間をおいてください。' }],
}

test('a form posts its token and leaves the judging to the server', () => {
  const html = renderToString(<Form form={form}>x</Form>)
  assert.match(html, /^<form class="form" method="post" action="\/login" novalidate>/)
  assert.match(html, /<input type="hidden" name="token" value="proof"\/>/)
})

test('a field shows what was typed, and is tied to its problem and its hint', () => {
  const html = renderToString(
    <TextField form={form} name="name" label="名前" language="ja" mark="required" hint="64文字まで" />,
  )
  assert.match(html, /value="&lt;田中>"/)
  assert.match(html, /aria-invalid="true" aria-describedby="field-name-problem field-name-hint"/)
  assert.match(html, /id="field-name-problem".*エラー：.*名前は、すでに登録されています。/)
  assert.match(html, /必須/)
})

test('a password never comes back', () => {
  const html = renderToString(
    <PasswordField form={form} name="password" label="第1パスワード" language="ja" autoComplete="current-password" />,
  )
  assert.doesNotMatch(html, /secret/)
})

test('the chosen option is chosen, and the summary leads to the first one', () => {
  const options = [
    { value: 'a', label: '甲' },
    { value: 'b', label: '乙' },
  ]
  const html = renderToString(<RadioField form={form} name="role" label="権限" language="ja" options={options} />)
  assert.match(html, /id="field-role" name="role" value="a"\/>/)
  assert.match(html, /name="role" value="b" checked\/>/)
})

test('the summary links to the fields, and is not there when all is well', () => {
  const html = renderToString(<ErrorSummary form={form} language="en" />)
  assert.match(html, /There are 2 problems/)
  assert.match(
    html,
    /<li><a href="#field-name">名前は、すでに登録されています。<\/a><\/li><li>時間をおいてください。<\/li>/,
  )
  assert.equal(renderToString(<ErrorSummary form={{ ...form, problems: [] }} language="en" />), '')
})
