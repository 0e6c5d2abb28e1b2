import { createOutage, suggestCode } from '#features/outages/draft.ts'
import { outageCode } from '#features/outages/values.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { typed } from '#platform/values.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { OutageFields, outageFields, readFacts } from './outage-form.tsx'
import { DraftSteps } from './steps.tsx'
import { timeProblems, wallOf } from './times.ts'
import { outagesTitle, outageWords } from './words.ts'

const words = {
  ...outageWords,
  title: { ja: '障害・工事の作成', en: 'Write a fault or works' },
  list: outagesTitle,
  code: { ja: '管理番号', en: 'Reference' },
  codeHint: {
    ja: '半角の英数字と「.」「_」「-」、64文字まで。あとから変更できません。',
    en: 'Letters, digits, dots, hyphens and underscores, up to 64. It cannot be changed later.',
  },
  effect: {
    ja: '下書きとして保存します。お客様にはまだ表示されません。',
    en: 'It is kept as a draft. No customer sees it yet.',
  },
  next: { ja: '影響範囲に進む', en: 'Go on to what it affects' },
  taken: {
    ja: 'この管理番号は、すでに使われています。別の管理番号を入力してください。',
    en: 'This reference is in use already. Enter another one.',
  },
}

/** The beginning of an outage, that nobody is told of yet. */
export const addOutagePage = staffConsole.page({
  path: paths.addOutage,
  allow: 'content',
  words,
  load: async (ctx) => ({
    code: await suggestCode(ctx, ctx.actor.timeZone),
    zone: ctx.actor.timeZone,
    now: ctx.now,
  }),
  form: { code: { label: words.code, value: typed(outageCode), example: '20261201-01' }, ...outageFields },
  initial: ({ code, zone, now }) => ({ code, kind: 'fault', startsAt: wallOf(now, zone) }),
  async submit(ctx, { data: { zone }, input: { code, ...input }, words: text }) {
    const { language, now } = ctx
    const facts = readFacts(input, { zone, now })
    if ('problem' in facts)
      return problemAt(facts.field, timeProblems[facts.problem][language](outageFields[facts.field].label[language]))
    const made = await createOutage(ctx, { code, ...facts })
    return made.ok ? redirect(paths.setAffects({ id: made.value })) : problemAt('code', text.taken, made)
  },
  title: ({ words: text }) => text.title,
  view: ({ form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Breadcrumb language={language} trail={[{ label: text.list, href: paths.outages }]} current={text.title} />
      <PageHeading heading={text.title} />
      <DraftSteps current={1} language={language} />
      <Form form={form} layout="page" guard>
        <TextField
          form={form}
          name="code"
          label={text.code}
          language={language}
          mark="required"
          hint={text.codeHint}
          width="medium"
        />
        <OutageFields form={form} language={language} />
        <CommitBar effect={text.effect}>
          <ButtonLink kind="secondary" href={paths.outages}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.next}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})
