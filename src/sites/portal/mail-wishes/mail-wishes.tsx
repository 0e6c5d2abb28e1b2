import { z } from 'zod'
import { incidentTopics, type MailTopic, mailTopics, type WishScope } from '#features/mail-wishes/topics.ts'
import {
  addWishes,
  findSeenContract,
  findWishChoices,
  listWishes,
  type MailWish,
  type WishChoices,
} from '#features/mail-wishes/wishes.ts'
import type { Context } from '#features/actor.ts'
import { rowId } from '#platform/form.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { RadioField, SelectField, TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { line, optional, typed } from '#platform/values.ts'
import { problemAt, redirect, type View } from '#platform/web/page.ts'
import { contractLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { profileWords } from '../profile/links.ts'
import { ProfileBreadcrumb } from '../profile/profile-breadcrumb.tsx'
import { portal } from '../site.tsx'
import { MailExamples } from './examples.tsx'
import { mailTopicWords, scopeIn } from './words.ts'

const words = {
  title: profileWords.mails,
  lead: {
    ja: '故障や工事の状況、お申し込みの進捗、お知らせを、メールでお送りします。お知らせのほかは、参照できるご契約とサービスのことだけです。',
    en: 'Be told by mail of faults, works and the progress of orders, of contracts and services that you can view, and of news.',
  },
  wishes: { ja: '受け取っている通知', en: 'What you are told of' },
  none: { ja: 'まだありません。下のフォームから追加できます。', en: 'Nothing yet. Add it with the form below.' },
  topic: { ja: '内容', en: 'Topic' },
  about: { ja: '対象', en: 'About' },
  action: { ja: '操作', en: 'Action' },
  end: { ja: '停止する', en: 'End' },
  endThis: { ja: (what: string) => `${what}の通知を停止する`, en: (what: string) => `End: ${what}` },
  add: { ja: '通知の追加', en: 'Add a notification' },
  addIt: { ja: '追加する', en: 'Add' },
  cancel: userLabels.cancel,
  both: { ja: '故障と工事', en: 'Faults and works' },
  scope: { ja: '対象', en: 'About' },
  all: { ja: 'すべて', en: 'All' },
  service: contractLabels.serviceName,
  site: contractLabels.site,
  contract: contractLabels.contractNumber,
  choose: { ja: '選択してください', en: 'Choose' },
  scopeHint: {
    ja: '「すべて」は、これから増えるご契約も含みます。',
    en: '“All” includes contracts that are yet to come.',
  },
  effect: { ja: 'お知らせは、ご自身にだけ届きます。', en: 'Only you receive these mails.' },
  added: { ja: '通知を追加しました。', en: 'The notification was added.' },
  noService: {
    ja: 'サービス名が選択されていません。サービス名を選択してください。',
    en: 'No service is chosen. Choose a service.',
  },
  noSite: { ja: '拠点が選択されていません。拠点を選択してください。', en: 'No site is chosen. Choose a site.' },
  noContract: {
    ja: '参照できるご契約に、このご契約番号はありません。ご契約番号を確認して、もう一度入力してください。',
    en: 'None of the contracts that you can view has this number. Check it and enter it again.',
  },
  'not-seen': {
    ja: '対象を参照できなくなっています。対象を選び直してください。',
    en: 'You cannot view this any more. Choose again.',
  },
  newsOfAll: {
    ja: 'お知らせの通知は、対象に「すべて」を選択してください。',
    en: 'News is told as a whole: choose “All”.',
  },
  'too-many': {
    ja: '通知は200件まで追加できます。使わない通知を停止してから、もう一度追加してください。',
    en: 'There can be up to 200. End some that you do not need, then add this again.',
  },
} as const

interface Data {
  wishes: MailWish[]
  choices: WishChoices
}

const scopeKinds = ['all', 'service', 'site', 'contract'] as const

/** メール通知 */
export const mailWishesPage = portal.page({
  path: paths.mailWishes,
  allow: 'user',
  words,
  section: 'profile',
  async load(ctx): Promise<Data> {
    const [wishes, choices] = await Promise.all([listWishes(ctx), findWishChoices(ctx)])
    return { wishes, choices }
  },
  form: {
    topic: { label: words.topic, value: z.enum(['both', ...mailTopics]) },
    scope: { label: words.scope, value: z.enum(scopeKinds) },
    service: { label: words.service, value: optional(rowId), chosen: true },
    site: { label: words.site, value: optional(rowId), chosen: true },
    contract: { label: words.contract, value: optional(typed(line(64))) },
  },
  initial: () => ({ topic: 'both', scope: 'all' }),
  async submit(ctx, { input, words: text }) {
    const { topic } = input
    if (topic === 'news' && input.scope !== 'all') return problemAt('scope', text.newsOfAll)
    const scope = await scopeOf(ctx, input)
    if ('problem' in scope) return problemAt(scope.field, text[scope.problem])
    const added = await addWishes(ctx, topic === 'both' ? incidentTopics : [topic], scope)
    if (!added.ok) return problemAt(undefined, text[added.problem], added)
    return redirect(paths.mailWishes, { notice: text.added })
  },
  title: ({ words: text }) => text.title,
  view: (view) => (
    <>
      <ErrorSummary form={view.form} language={view.reader.language} />
      <ProfileBreadcrumb language={view.reader.language} current={view.words.title} />
      <PageHeading heading={view.words.title} lead={view.words.lead} />
      <Wishes {...view} />
      <Adding {...view} />
      <MailExamples language={view.reader.language} />
    </>
  ),
})

type Shown = View<Data, typeof words>

interface Given {
  scope: (typeof scopeKinds)[number]
  service?: string | undefined
  site?: string | undefined
  contract?: string | undefined
}

interface ScopeProblem {
  field: string
  problem: 'noService' | 'noSite' | 'noContract'
}

async function scopeOf(ctx: Context, given: Given): Promise<WishScope | ScopeProblem> {
  const { scope: kind, service, site, contract } = given
  if (kind === 'all') return { kind }
  if (kind === 'service') return service ? { kind, id: service } : { field: kind, problem: 'noService' }
  if (kind === 'site') return site ? { kind, id: site } : { field: kind, problem: 'noSite' }
  const id = contract && (await findSeenContract(ctx, contract.toUpperCase()))
  return id ? { kind, id } : { field: kind, problem: 'noContract' }
}

function Wishes({ data: { wishes }, words: text, tokenFor, reader: { language } }: Shown) {
  const nameOf = ({ contract, ...of }: MailWish): string =>
    scopeIn({ ...of, contract: contract?.number ?? null }, language)
  const topicIn = (topic: MailTopic): string => mailTopicWords[topic][language]
  return (
    <Section heading={text.wishes}>
      {wishes.length === 0 ? (
        <p class="small-text">{text.none}</p>
      ) : (
        <Table
          caption={text.wishes}
          rows={wishes}
          rowKey={({ id }) => id}
          columns={[
            { label: text.about, header: true, long: true, cell: nameOf },
            { label: text.topic, cell: ({ topic }) => topicIn(topic) },
            {
              label: text.action,
              hideLabel: true,
              phone: 'beside',
              cell: (wish) => (
                <Form form={{ action: paths.endMailWish, token: tokenFor(paths.endMailWish) }} layout="plain">
                  <input type="hidden" name="wish" value={wish.id} />
                  <Button kind="secondary" small label={text.endThis(`${nameOf(wish)} ${topicIn(wish.topic)}`)}>
                    {text.end}
                  </Button>
                </Form>
              ),
            },
          ]}
        />
      )}
    </Section>
  )
}

function Adding({ data: { choices }, form, words: text, reader: { language } }: Shown) {
  const field = { form, language }
  return (
    <Section heading={text.add}>
      <Form form={form} layout="page">
        <RadioField
          {...field}
          name="topic"
          label={text.topic}
          options={[
            { value: 'both', label: text.both },
            ...mailTopics.map((topic) => ({ value: topic, label: mailTopicWords[topic][language] })),
          ]}
        />
        <RadioField
          {...field}
          name="scope"
          label={text.scope}
          hint={text.scopeHint}
          options={scopeKinds.map((kind) => ({ value: kind, label: text[kind] }))}
        />
        <div class="wish-service">
          <SelectField
            {...field}
            name="service"
            label={text.service}
            width="medium"
            placeholder={text.choose}
            options={choices.services.map(({ id, name }) => ({ value: id, label: name[language] }))}
          />
        </div>
        <div class="wish-site">
          <SelectField
            {...field}
            name="site"
            label={text.site}
            width="medium"
            placeholder={text.choose}
            options={choices.sites.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </div>
        <div class="wish-contract">
          <TextField {...field} name="contract" label={text.contract} width="medium" />
        </div>
        <CommitBar effect={text.effect}>
          <Button>{text.addIt}</Button>
        </CommitBar>
      </Form>
    </Section>
  )
}
