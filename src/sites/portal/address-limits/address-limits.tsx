import { z } from 'zod'
import { linesOf, longestList, readEntries } from '#features/address-limits/entries.ts'
import { findAddressLimit, findAffected } from '#features/address-limits/find.ts'
import { holds } from '#features/address-limits/networks.ts'
import { beginTrial } from '#features/address-limits/trial.ts'
import { rowVersion } from '#platform/form.ts'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { PageTabs } from '#platform/ui/layout/page-tabs.tsx'
import { type Preview, problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { lastChangeOf } from '../histories/last-change.ts'
import { portal } from '../site.tsx'
import { LimitForm } from './limit-form.tsx'
import { rowsChangedBy, rowsIn, rowValues, textIn, typedLines } from './limit-rows.ts'
import { NetworksInForce } from './networks-in-force.tsx'
import { TrialNotice } from './trial-notice.tsx'
import { type LimitPageData, limitPageWords } from './limit-page.ts'
import { trialWords } from './words.ts'

/** Of each row; how long a description may be is judged with the rest of the row. */
const perRow = z.record(z.string().max(4), z.string().max(500))

/** アクセス制限設定, 許可するIPアドレス */
export const addressLimitsPage = portal.page({
  path: paths.addressLimits,
  allow: 'portal-administrator',
  words: limitPageWords,
  section: 'administration',
  async load(ctx): Promise<LimitPageData> {
    const limit = await findAddressLimit(ctx)
    const networks = limit.entries.map(({ network }) => network)
    const affected = limit.isOn ? await findAffected(ctx, { networks }) : { users: [], count: 0 }
    return { limit, affected, wrong: [], ownAddress: ctx.client.ip }
  },
  form: {
    isOn: { label: limitPageWords.isOn, value: z.enum(['on', 'off']) },
    network: { label: limitPageWords.network, value: perRow, perRow: true },
    description: { label: limitPageWords.description, value: perRow, perRow: true },
    list: { label: limitPageWords.list, value: z.string().max(longestList).default('') },
    ownAddress: { label: trialWords.ownAddress, value: z.string().trim().max(50).optional() },
    task: { label: limitPageWords.task, value: z.string().max(20).optional() },
    version: { label: limitPageWords.version, value: rowVersion, carried: true },
  },
  initial: ({ limit }) => ({
    isOn: limit.isOn ? 'on' : 'off',
    ...rowValues(limit.entries),
    list: '',
    version: String(limit.version),
  }),
  changedBy: (ctx) => lastChangeOf(ctx, { kind: 'customer', id: ctx.actor.customer.id, actions: ruleChanges }),
  said: { isOn: (value, { language }) => limitPageWords[value === 'on' ? 'on' : 'off'][language] },
  async preview(ctx, { data, values }): Promise<Preview<LimitPageData>> {
    const changed = rowsChangedBy(values, data.ownAddress)
    const read = readEntries(linesOf(rowsIn(changed), ''))
    const wrong = read.ok ? [] : read.wrong
    const task = textIn(values, 'task')
    const looked =
      task === 'look' && read.ok
        ? { looked: await findAffected(ctx, { networks: read.entries.map(({ network }) => network) }) }
        : {}
    return { data: { ...data, wrong, ...looked }, values: changed, submits: task === 'apply' || task === '' }
  },
  check({ data, input, words: text }) {
    const { isOn, ownAddress } = input
    const read = readEntries(typedLines(input))
    if (!read.ok) {
      const lines = read.wrong.map(({ line }) => text.line(line)).join(', ')
      const [first] = read.wrong
      return problemAt(
        first ? `network.${first.line}` : 'list',
        read.problem === 'too-many' ? text.tooMany : text.wrong(lines),
      )
    }
    if (isOn === 'on' && read.entries.length === 0) return problemAt('list', text.none)
    const isRefused =
      isOn === 'on' && data.limit.isOwn && !read.entries.some(({ network }) => holds(network, data.ownAddress))
    if (isRefused && ownAddress !== data.ownAddress) return problemAt('ownAddress', text['own-address-refused'])
    return undefined
  },
  critical: {
    async submit(ctx, { input, words: text }) {
      const { isOn, version, ownAddress = '' } = input
      const read = readEntries(typedLines(input))
      // `check` has said what is wrong with the others.
      const entries = read.ok ? read.entries : []
      const begun = await beginTrial(ctx, { version, isOn: isOn === 'on', entries, ownAddress })
      if (begun.ok) return redirect(paths.addressLimits, { notice: text.begun })
      const { problem } = begun
      return problemAt(problem === 'own-address-refused' ? 'ownAddress' : undefined, text[problem], begun)
    },
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, words: text, reader, tokenFor } = view
    const { limit, ownAddress } = data
    const { language } = reader
    return (
      <>
        <ErrorSummary form={view.form} language={language} />
        <Breadcrumb
          language={language}
          trail={[{ label: text.menu, href: paths.administration }]}
          current={text.title}
        />
        {limit.trial && <TrialNotice trial={limit.trial} reader={reader} tokenFor={tokenFor} />}
        <PageHeading heading={text.title} lead={text.lead(ownAddress)} />
        <PageTabs
          label={text.tabs}
          tabs={[
            { label: text.networks, href: paths.addressLimits, isCurrent: true },
            { label: text.perUser, href: paths.limitedUsers, isCurrent: false },
          ]}
        />
        <NetworksInForce limit={limit} affected={data.affected} ownAddress={ownAddress} reader={reader} />
        {!limit.trial && <LimitForm {...view} />}
      </>
    )
  },
})

/** What becomes of the rules that are in force. */
const ruleChanges = [
  'address-limit-confirmed',
  'address-limit-reverted',
  'address-limit-fell-back',
  'address-limit-lifted',
] as const
