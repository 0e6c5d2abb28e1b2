import { z } from 'zod'
import { findApprovalSetting, setApproval } from '#features/order-requests/approval-setting.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { RadioField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { menuLabels } from '#sites/frame/guide-labels.ts'
import { lastChangeOf } from '../histories/last-change.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { approvalTitle } from './approval-title.ts'
import { settingForAllWords } from './setting-words.ts'

const words = {
  ...settingForAllWords,
  title: approvalTitle,
  menu: menuLabels.forAdministrators,
  lead: {
    ja: 'ポータルからのお申し込みを、ポータル管理者の承認後に通信事業者へ送るかどうかを設定します。',
    en: 'Whether what users order in the portal goes to the operator only once a portal administrator has approved it.',
  },
  approval: { ja: '承認', en: 'Approval' },
  needed: { ja: '必要', en: 'Needed' },
  notNeeded: { ja: '不要', en: 'Not needed' },
  hint: {
    ja: '承認できるのは、対象のご契約またはサービスを参照できる、申請した人以外のポータル管理者です。',
    en: 'It is approved by a portal administrator who can view the contract or service, and has not asked for it.',
  },
  alone: { ja: 'ポータル管理者が1名です', en: 'There is one portal administrator' },
  aloneText: {
    ja: '承認を必要にすると、このポータル管理者ご自身のお申し込みは、承認できる人がいないため送れません。',
    en: 'With approval needed, this administrator can order nothing: nobody could approve it.',
  },
  waiting: { ja: (n: number) => `承認待ちの申請 ${n}件`, en: (n: number) => `Requests awaiting approval: ${n}` },
  effect: {
    ja: 'これからのお申し込みに適用されます。承認待ちの申請は、そのまま承認を待ちます。',
    en: 'It counts for what is ordered from now on. What awaits approval goes on waiting.',
  },
  done: { ja: '申請と承認の設定を変更しました。', en: 'The setting was changed.' },
}

/** 申請と承認 */
export const approvalPage = portal.page({
  path: paths.approval,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  load: findApprovalSetting,
  form: {
    approval: { label: words.approval, value: z.enum(['needed', 'notNeeded']), chosen: true },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  initial: ({ needsApproval, version }) => ({
    approval: needsApproval ? 'needed' : 'notNeeded',
    version: String(version),
  }),
  changedBy: (ctx) =>
    lastChangeOf(ctx, { kind: 'customer', id: ctx.actor.customer.id, actions: ['order-approval-changed'] }),
  said: { approval: (value, { language }) => words[value === 'needed' ? 'needed' : 'notNeeded'][language] },
  critical: {
    async submit(ctx, { input: { approval, version }, words: text }) {
      const changed = await setApproval(ctx, { needsApproval: approval === 'needed', version })
      if (!changed.ok) return problemAt(undefined, text[changed.problem], changed)
      return redirect(paths.approval, { notice: text.done })
    },
  },
  title: ({ words: text }) => text.title,
  view: ({ data, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Breadcrumb language={language} trail={[{ label: text.menu, href: paths.administration }]} current={text.title} />
      <PageHeading
        heading={text.title}
        lead={text.lead}
        actions={
          data.waiting > 0 && (
            <a href={hrefOf(paths.requests, { state: 'awaiting-approval' })}>{text.waiting(data.waiting)}</a>
          )
        }
      />
      {data.administrators === 1 && (
        <Notice kind="warning" heading={text.alone}>
          {text.aloneText}
        </Notice>
      )}
      <Form form={form} layout="page" guard>
        <input type="hidden" name="version" value={data.version} />
        <RadioField
          form={form}
          name="approval"
          label={text.approval}
          language={language}
          mark="required"
          hint={text.hint}
          options={[
            { value: 'needed', label: text.needed },
            { value: 'notNeeded', label: text.notNeeded },
          ]}
        />
        <CommitBar effect={text.effect}>
          <ButtonLink kind="secondary" href={paths.administration}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.apply}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})
