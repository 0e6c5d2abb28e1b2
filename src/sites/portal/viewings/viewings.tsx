import { z } from 'zod'
import {
  type Allowance,
  allowances,
  type ChosenAllowance,
  findAllowance,
  setAllowance,
} from '#features/viewings/allowance.ts'
import { listViewings, mostViewings, type Viewing } from '#features/viewings/list.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { RadioField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { redirect, type View } from '#platform/web/page.ts'
import { minutes } from '#platform/time/duration.ts'
import type { Phrase } from '#platform/words.ts'
import { menuLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { viewingEndWords, viewingsTitle } from './words.ts'

const words = {
  title: viewingsTitle,
  administration: menuLabels.forAdministrators,
  lead: {
    ja: 'お問い合わせのときなどに、通信事業者の担当者が、御社のユーザーの画面を閲覧のみで確認することがあります。許可するかどうかと、これまでの確認の記録を、ここで確認できます。',
    en: 'To help you, the operator’s staff may look at the screens of one of your users; they can change nothing. Here you say whether they may, and see when they did.',
  },
  what: {
    ja: '1回につき30分までです。担当者は変更やダウンロードができず、Web設定変更サイトと認証に関する画面は開けません。ほかのユーザーの名前・メールアドレス・電話番号は伏せて表示されます。',
    en: 'Each look takes 30 minutes at most. Staff can change and download nothing, and open neither the settings site nor pages about authentication. Names, email addresses and telephone numbers of other users are masked.',
  },
  allowance: { ja: '画面確認の許可', en: 'May staff look?' },
  openNow: { ja: '画面確認を許可しています', en: 'Staff may look now' },
  until: { ja: '次の日時に、自動で許可を終えます：', en: 'Leave ends by itself at: ' },
  change: { ja: '変更する', en: 'Change' },
  effect: {
    ja: 'すぐに反映されます。許可しないときは、確認中の担当者も次の画面から閲覧できなくなります。',
    en: 'It takes effect at once. Without leave, staff who are looking see no further page.',
  },
  done: { ja: '画面確認の許可を変更しました。', en: 'The leave to look was changed.' },
  looks: { ja: 'これまでの画面確認', en: 'Looks so far' },
  none: { ja: '画面確認の記録はありません。', en: 'Nobody has looked.' },
  most: { ja: `新しい${mostViewings}件を表示しています。`, en: `The newest ${mostViewings} are shown.` },
  at: { ja: '開始日時', en: 'Begun' },
  staff: { ja: '担当者の番号', en: 'Member of staff' },
  whom: { ja: '表示したユーザーの画面', en: 'Screens of' },
  reason: { ja: '理由', en: 'Reason' },
  lasted: { ja: '時間', en: 'Time' },
  running: { ja: '確認中', en: 'Looking' },
  minutes: { ja: (n: number) => `${n}分`, en: (n: number) => (n === 1 ? 'one minute' : `${n} minutes`) },
}

const choices: Record<ChosenAllowance, { label: Phrase; hint?: Phrase }> = {
  never: { label: { ja: '許可しない', en: 'Never' } },
  closed: {
    label: { ja: 'その都度許可する（今は許可しない）', en: 'On request (not now)' },
    hint: {
      ja: '担当者に頼まれたときに、ここで時間を選びます。',
      en: 'When staff ask for it, you choose a time here.',
    },
  },
  '1': { label: { ja: '今から1時間許可する', en: 'For 1 hour from now' } },
  '8': { label: { ja: '今から8時間許可する', en: 'For 8 hours from now' } },
  '24': { label: { ja: '今から24時間許可する', en: 'For 24 hours from now' } },
  always: { label: { ja: 'いつでも許可する', en: 'Always' } },
}

interface Data {
  allowance: Allowance
  looks: Viewing[]
}

/** 通信事業者による画面確認: whether staff may look, and every look with its reason. */
export const viewingsPage = portal.page({
  path: paths.viewings,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx): Promise<Data> {
    const [allowance, looks] = await Promise.all([findAllowance(ctx, ctx.actor.customer.id), listViewings(ctx)])
    return { allowance, looks }
  },
  form: { allowance: { label: words.allowance, value: z.enum(allowances), chosen: true } },
  initial: ({ allowance: { viewing, openUntil } }) =>
    openUntil ? {} : { allowance: viewing === 'on-request' ? 'closed' : viewing },
  critical: {
    async submit(ctx, { input: { allowance }, words: text }) {
      await setAllowance(ctx, allowance)
      return redirect(paths.viewings, { notice: text.done })
    },
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, form, words: text, reader } = view
    const { timeZone: zone, language, now } = reader
    const { openUntil } = data.allowance
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[{ label: text.administration, href: paths.administration }]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={text.lead} tall />
        <p class="small-text">{text.what}</p>
        {openUntil && (
          <Notice kind="info" heading={text.openNow}>
            <p>
              {text.until}
              <Time at={openUntil} zone={zone} language={language} now={now} />
            </p>
          </Notice>
        )}
        <Form form={form} layout="page">
          <RadioField
            form={form}
            name="allowance"
            label={text.allowance}
            language={language}
            stacked
            options={allowances.map((value) => ({
              value,
              label: choices[value].label[language],
              hint: choices[value].hint?.[language],
            }))}
          />
          <CommitBar effect={text.effect}>
            <Button>{text.change}</Button>
          </CommitBar>
        </Form>
        <Looks {...view} />
      </>
    )
  },
})

function Looks({ data: { looks }, words: text, reader }: View<Data, typeof words>) {
  const { timeZone: zone, language, now } = reader
  const columns: Column<Viewing>[] = [
    {
      label: text.at,
      header: true,
      cell: ({ begunAt }) => <Time at={begunAt} zone={zone} language={language} now={now} />,
    },
    { label: text.staff, phone: 'labelled', cell: ({ staff }) => <span class="number">{staff}</span> },
    { label: text.whom, phone: 'labelled', cell: ({ user }) => user.name },
    { label: text.reason, long: true, phone: 'below', cell: ({ reason }) => <span class="told">{reason}</span> },
    {
      label: text.lasted,
      phone: 'labelled',
      cell: ({ begunAt, endedAt, end }) =>
        endedAt === null || end === null ? (
          <Badge kind="current">{text.running}</Badge>
        ) : (
          <>
            {text.minutes(Math.ceil((endedAt.getTime() - begunAt.getTime()) / minutes))}
            <div class="small-text">{viewingEndWords[end][language]}</div>
          </>
        ),
    },
  ]
  return (
    <Section heading={text.looks}>
      {looks.length === mostViewings && <p class="small-text">{text.most}</p>}
      {looks.length === 0 ? (
        <p class="small-text">{text.none}</p>
      ) : (
        <Table caption={text.looks} columns={columns} rows={looks} rowKey={({ id }) => id} />
      )}
    </Section>
  )
}
