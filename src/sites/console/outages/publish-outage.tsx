import type { StaffContext } from '#features/staff/context.ts'
import type { Email } from '#features/mails/sealed.ts'
import { findAffects, type Outage } from '#features/outages/outage.ts'
import { fewCustomers, publishOutage, publishToMany } from '#features/outages/publish.ts'
import { findReach, findExtent, type Reach, type Extent } from '#features/outages/reach.ts'
import type { Clashes } from '#features/outages/week-of-works.ts'
import { findClashes } from '#features/outages/clashes.ts'
import { sampleMail } from '#features/outages/sample.ts'
import { type ListedService, listServices } from '#features/services/list.ts'
import { rowVersion } from '#platform/form.ts'
import type { Outcome } from '#platform/outcome.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { type FormResult, notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import type { In, Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { AffectsFacts } from './affects-facts.tsx'
import { Clashing } from './clashing.tsx'
import { loadOutage, type ShownOutage } from './load-outage.ts'
import { OutageTrail } from './outage-trail.tsx'
import { ReachedCustomers, ReachFigures, SampleMails } from './reach-parts.tsx'
import { DraftSteps } from './steps.tsx'
import { outageWords } from './words.ts'

const words = {
  ...outageWords,
  title: { ja: '確認と公開', en: 'Check and publish' },
  titleAgain: { ja: '影響範囲の変更の確認', en: 'Check what it is to affect' },
  affects: { ja: '影響範囲', en: 'What it affects' },
  change: { ja: '影響範囲を変更する', en: 'Change what it affects' },
  nobody: {
    ja: '影響するご契約が0件です。範囲を確認してください。',
    en: 'No contract is affected. Check what it affects.',
  },
  clash: {
    ja: (n: string) => `${n}社のお客様には、同じ時間帯に別の工事があります`,
    en: (n: string) => `${n} of the customers have other works at the same time`,
  },
  effect: {
    ja: '公開すると、お客様の画面に表示され、通知を希望する方にメールが送信されます。送信したメールは取り消せません。',
    en: 'Customers see it then, and those who wish it are mailed. Mails that were sent cannot be called back.',
  },
  effectAgain: {
    ja: '新しく対象になるお客様と、対象から外れるお客様に、メールでお知らせします。',
    en: 'Those who come to it and those who are taken out of it are told by mail.',
  },
  wide: {
    ja: `${fewCustomers}社を超えるお客様に影響するため、第二認証の確認が必要です。`,
    en: `More than ${fewCustomers} customers are concerned, so you are asked for your second factor.`,
  },
  publish: { ja: '公開する', en: 'Publish' },
  apply: { ja: '反映する', en: 'Apply' },
  published: {
    ja: '障害・工事を公開しました。お客様の画面に反映しています。',
    en: 'It is published, and on its way to the customers.',
  },
  applied: {
    ja: '影響範囲の変更を反映しています。',
    en: 'What it affects is changed, and on its way to the customers.',
  },
  'code-taken': {
    ja: 'この管理番号の故障・工事が、すでに登録されているお客様がいます。この下書きを破棄して、別の管理番号で作成してください。',
    en: 'A customer has a fault of this reference already. Throw this draft away, and write it under another reference.',
  },
}

interface Data extends ShownOutage {
  services: ListedService[]
  reach: Reach
  extent: Extent
  /** Of works. */
  clashes: Clashes | undefined
  mails: Record<Language, Email> | undefined
}

/** Whom a draft reaches, or what it would change to widen or narrow what was published; and the button that does it. */
export const publishOutagePage = staffConsole.page({
  path: paths.publishOutage,
  allow: 'content',
  words,
  load: loadDue,
  form: { version: { label: words.version, value: rowVersion, carried: true } },
  check: ({ data: { extent }, words: text }) =>
    extent.contracts === 0 ? problemAt(undefined, text.nobody) : undefined,
  async submit(ctx, { data: { outage }, input, words: text }) {
    return ended(await publishOutage(ctx, { id: outage.id, version: input.version }), { outage, text })
  },
  critical: {
    when: ({ data: { extent } }) => extent.touched > fewCustomers,
    async submit(ctx, { data: { outage }, input, words: text }) {
      return ended(await publishToMany(ctx, { id: outage.id, version: input.version }), { outage, text })
    },
  },
  title: ({ data: { outage }, words: text }) => (outage.state === 'draft' ? text.title : text.titleAgain),
  view(view) {
    const { data, form, words: text, reader } = view
    const { outage, reach, extent, services, clashes, mails } = data
    const { language } = reader
    const isDraft = outage.state === 'draft'
    const title = isDraft ? text.title : text.titleAgain
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <OutageTrail outage={outage} language={language} current={title} />
        <PageHeading heading={title} lead={outage.title[language]} />
        {isDraft && <DraftSteps current={3} language={language} />}
        {extent.contracts === 0 && <Notice kind="trouble" heading={text.nobody} />}
        {clashes && clashes.customers > 0 && (
          <Notice
            kind="warning"
            heading={text.clash(clashes.customers.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB'))}
          >
            <p>
              <Clashing clashes={clashes} language={language} />
            </p>
          </Notice>
        )}
        <Columns count={2}>
          <ReachFigures reach={reach} extent={isDraft ? undefined : extent} language={language} />
          <Section heading={text.affects} action={<a href={paths.setAffects({ id: outage.id })}>{text.change}</a>}>
            <AffectsFacts affects={outage.nextAffects ?? outage.affects} services={services} language={language} />
          </Section>
        </Columns>
        {reach.largest.length > 0 && <ReachedCustomers reach={reach} language={language} />}
        {mails && <SampleMails mails={mails} language={language} />}
        {extent.contracts > 0 && <Publishing {...view} />}
      </>
    )
  },
})

async function loadDue(
  ctx: StaffContext,
  { params: { id } }: { params: { id: string } },
): Promise<Data | typeof notFound> {
  const shown = await loadOutage(
    ctx,
    id,
    ({ state, stage, nextAffects }) => state === 'draft' || (stage !== 'over' && nextAffects !== null),
  )
  if (shown === notFound) return notFound
  const { outage } = shown
  const affects = (await findAffects(ctx, id)) ?? {}
  const reach = await findReach(ctx, {
    affects,
    kind: outage.kind,
    published: outage.state === 'draft' ? undefined : outage.id,
  })
  const extent = await findExtent(ctx, { id, affects })
  const { portalUrl, now, actor } = ctx
  const [customer] = reach.largest
  const facts = customer && { customer, portalUrl, timeZone: actor.timeZone, now }
  return {
    ...shown,
    services: await listServices(ctx.tx),
    reach,
    extent,
    clashes: outage.kind === 'works' ? await findClashes(ctx, outage, affects) : undefined,
    mails: facts && { ja: sampleMail(outage, 'ja', facts), en: sampleMail(outage, 'en', facts) },
  }
}

function Publishing({ data: { outage, extent }, form, words: text }: View<Data, typeof words>) {
  const isDraft = outage.state === 'draft'
  return (
    <Form form={form}>
      <input type="hidden" name="version" value={outage.version} />
      <CommitBar
        effect={
          <>
            {isDraft ? text.effect : text.effectAgain}
            {extent.touched > fewCustomers && text.wide}
          </>
        }
      >
        <ButtonLink kind="secondary" href={paths.outage({ id: outage.id })}>
          {text.cancel}
        </ButtonLink>
        <Button>{isDraft ? text.publish : text.apply}</Button>
      </CommitBar>
    </Form>
  )
}

function ended(
  published: Outcome<void, 'changed-meanwhile' | 'concerns-nobody' | 'concerns-many' | 'code-taken'>,
  { outage, text }: { outage: Outage; text: In<typeof words> },
): FormResult {
  if (published.ok)
    return redirect(paths.outage({ id: outage.id }), {
      notice: outage.state === 'draft' ? text.published : text.applied,
    })
  if (published.problem === 'code-taken') return problemAt(undefined, text['code-taken'], published)
  // What is counted in the same transaction was another number a moment before.
  return problemAt(undefined, published.problem === 'concerns-nobody' ? text.nobody : text.meanwhile, published)
}
