import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { confirmImport } from '#features/user-imports/confirm.ts'
import { findImport } from '#features/user-imports/find.ts'
import { changesOf, type Plan, type UserImport } from '#features/user-imports/plan.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { CheckField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { listTitle } from '../users/words.ts'
import { ImportProgress } from './import-progress.tsx'
import { importTitle } from './import-words.ts'
import { PlanCounts } from './plan-counts.tsx'
import { ChangeTable, FaultTable, GroupTable } from './row-tables.tsx'

const words = {
  title: { ja: 'CSV一括登録の確認', en: 'Check the file' },
  list: listTitle,
  start: importTitle,
  lead: {
    ja: 'まだ登録されていません。内容を確認して、登録してください。',
    en: 'Nothing is done yet. Look at it, then have it done.',
  },
  faulty: {
    ja: (n: number) => `直すところが${n}件あります。すべて直すまで、どの行も登録されません。`,
    en: (n: number) =>
      `${n === 1 ? 'There is one thing' : `There are ${n} things`} to correct. Until then no row is done.`,
  },
  faults: { ja: '直すところ', en: 'To be corrected' },
  nothing: { ja: '追加・変更する行がありません。', en: 'No row adds or changes anybody.' },
  changes: { ja: '登録する内容', en: 'What will be done' },
  groups: { ja: 'ユーザーグループで変わる権限', en: 'Rights by user groups' },
  notices: { ja: '開通案内を送る', en: 'Send the opening notices' },
  noticesHint: {
    ja: '追加するユーザーに、登録用のURLをメールで送信します。送らない場合は、あとで「ユーザ一覧」から送信できます。',
    en: 'Those who are added are mailed a URL to register by. It can be sent later from the list of users.',
  },
  effect: {
    ja: 'すべての行を登録します。1行でも登録できないときは、何も変わりません。',
    en: 'All rows are done, or none.',
  },
  apply: { ja: '登録する', en: 'Have it done' },
  again: { ja: 'ファイルを選び直す', en: 'Choose another file' },
  cancel: userLabels.cancel,
  until: { ja: (at: string) => `この確認は${at}まで有効です。`, en: (at: string) => `It can be done until ${at}.` },
  applied: {
    ja: (rows: number) => `${rows}名を登録しました。`,
    en: (rows: number) => (rows === 1 ? 'One user was registered.' : `${rows} users were registered.`),
  },
  toUsers: { ja: 'ユーザーの一覧を表示する', en: 'Show the users' },
  refused: { ja: '登録できませんでした。何も変わっていません。', en: 'It could not be done. Nothing was changed.' },
  over: {
    ja: 'この確認は有効期限が切れました。もう一度ファイルを選択してください。',
    en: 'This check has expired. Choose the file once more.',
  },
  'too-late': {
    ja: 'この確認は有効期限が切れたか、すでに登録されています。',
    en: 'This check has expired, or was done already.',
  },
}

/** What a file of users would do; and once it is confirmed, how far it is. */
export const triedImportPage = portal.page({
  path: paths.triedImport,
  allow: 'portal-administrator',
  isClosedToLooks: true,
  words,
  section: 'administration',
  load: async (ctx, { params: { id }, query }) => {
    const found = await findImport(ctx, id)
    return found ? { found, page: query.page } : notFound
  },
  form: { notices: { label: words.notices, value: z.literal('on').optional() } },
  initial: () => ({ notices: 'on' }),
  check({ data: { found }, words: text }) {
    if (!found.plan) return problemAt(undefined, text['too-late'])
    if (found.plan.faults.length > 0) return problemAt(undefined, text.faulty(found.plan.faults.length))
    return found.rows === 0 ? problemAt(undefined, text.nothing) : undefined
  },
  critical: {
    async submit(ctx, { data: { found }, input, words: text }) {
      const confirmed = await confirmImport(ctx, found, { sendsNotices: input.notices === 'on' })
      if (!confirmed.ok) return problemAt(undefined, text['too-late'], confirmed)
      return redirect(paths.triedImport({ id: found.id }))
    },
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, form, words: text, reader } = view
    const { language } = reader
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[
            { label: text.list, href: paths.users },
            { label: text.start, href: paths.importUsers },
          ]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={isReady(data.found) ? text.lead : undefined} tall />
        {stateOf(view)}
      </>
    )
  },
})

type Shown = View<{ found: UserImport; page: string | undefined }, typeof words>

function stateOf(view: Shown) {
  const { found } = view.data
  const { words: text } = view
  const again = <Again text={text} />
  if (found.state === 'applied')
    return (
      <Notice kind="ok" live label={text.changes} action={<a href={paths.users}>{text.toUsers}</a>}>
        {text.applied(found.rows)}
      </Notice>
    )
  if (found.state === 'queued' || found.state === 'running')
    return <ImportProgress found={found} language={view.reader.language} />
  if (found.state === 'refused')
    return (
      <>
        <Notice kind="trouble" label={text.faults}>
          {text.refused}
        </Notice>
        <FaultTable faults={found.faults} {...view} />
        {again}
      </>
    )
  if (!found.plan)
    return (
      <>
        <Notice kind="warning" label={text.faults}>
          {text.over}
        </Notice>
        {again}
      </>
    )
  return found.plan.faults.length > 0 ? (
    <Faulty {...view} plan={found.plan} />
  ) : (
    <Confirmation {...view} plan={found.plan} />
  )
}

function Faulty({ plan, ...view }: Shown & { plan: Plan }) {
  const { words: text } = view
  return (
    <>
      <Notice kind="trouble" label={text.faults}>
        {text.faulty(plan.faults.length)}
      </Notice>
      <Section heading={text.faults}>
        <FaultTable faults={plan.faults} {...view} />
      </Section>
      <Again text={text} />
    </>
  )
}

function Confirmation({ plan, ...view }: Shown & { plan: Plan }) {
  const { form, words: text, reader } = view
  const changes = changesOf(plan)
  return (
    <>
      <PlanCounts plan={plan} language={reader.language} />
      {changes.length === 0 && (
        <Notice kind="info" label={text.changes}>
          {text.nothing}
        </Notice>
      )}
      {plan.groups.length > 0 && (
        <Section heading={text.groups}>
          <GroupTable plan={plan} {...view} />
        </Section>
      )}
      {changes.length > 0 && (
        <>
          <Section heading={text.changes}>
            <ChangeTable plan={plan} {...view} />
          </Section>
          <Form form={form} layout="page">
            <CheckField
              form={form}
              name="notices"
              label={text.notices}
              hint={text.noticesHint}
              language={reader.language}
            />
            <CommitBar effect={text.effect}>
              <ButtonLink kind="secondary" href={paths.importUsers}>
                {text.again}
              </ButtonLink>
              <Button>{text.apply}</Button>
            </CommitBar>
          </Form>
        </>
      )}
      {changes.length === 0 && <Again text={text} />}
    </>
  )
}

function Again({ text }: { text: Shown['words'] }) {
  return (
    <ButtonRow>
      <ButtonLink href={paths.importUsers}>{text.again}</ButtonLink>
    </ButtonRow>
  )
}

function isReady({ state, plan }: UserImport): boolean {
  return state === 'tried' && plan?.faults.length === 0
}
