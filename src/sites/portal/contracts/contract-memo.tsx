import { z } from 'zod'
import { contractLabels, rightLabels, serviceLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { findLastChange } from '#features/change-history/last-change.ts'
import { type Contract, findContract } from '#features/contracts/find.ts'
import { setMemo } from '#features/contracts/set-memo.ts'
import { contractMemo, longestMemo } from '#features/contracts/values.ts'
import { rowVersion } from '#platform/form.ts'
import { formatTime } from '#platform/time/format.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { typed } from '#platform/values.ts'
import { type PageRequest, notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { ownPath, paths } from '../paths.ts'
import { portal } from '../site.tsx'

const words = {
  title: { ja: 'メモの編集', en: 'Edit the memo' },
  list: serviceLabels.contractList,
  memo: contractLabels.memo,
  hint: {
    ja: (most: number) => `${most}文字以内。このご契約を参照できる方に表示されます。`,
    en: (most: number) => `At most ${most} characters. Everybody who may see this contract sees it.`,
  },
  version: { ja: '版', en: 'Version' },
  former: { ja: '変更前のメモ', en: 'The former memo' },
  apply: rightLabels.apply,
  cancel: userLabels.cancel,
  done: { ja: 'メモを変更しました。', en: 'The memo was changed.' },
  mayNotEdit: {
    ja: (service: string) => `この操作には${service}の編集権限が必要です。御社のポータル管理者にご連絡ください。`,
    en: (service: string) => `This needs the right to edit ${service}. Ask your portal administrator.`,
  },
  conflict: {
    ja: (by: string, at: string) =>
      `${by}さんが${at}に同じメモを変更しています。最新の内容を確認してから、もう一度「適用する」を押してください。`,
    en: (by: string, at: string) =>
      `${by} changed the same memo at ${at}. Look at what it is now, then press “Apply” again.`,
  },
  conflictOfNobody: {
    ja: '同じメモが変更されています。最新の内容を確認してから、もう一度「適用する」を押してください。',
    en: 'The same memo was changed. Look at what it is now, then press “Apply” again.',
  },
  now: { ja: '現在のメモ', en: 'The memo now' },
  before: { ja: '編集を始めたときのメモ', en: 'The memo when you began' },
  yours: { ja: '入力したメモ', en: 'Your memo' },
  none: { ja: '（なし）', en: '(none)' },
  barEffect: {
    ja: 'メモは、このご契約を参照できるすべての方に表示されます。',
    en: 'Everybody who can view this contract sees the memo.',
  },
}

/** The memo of one contract: a page of its own, led to from the list and from the contract. */
export const contractMemoPage = portal.page({
  path: paths.contractMemo,
  allow: 'user',
  words,
  section: 'contracts',
  async load(ctx, asked) {
    const contract = await findContract(ctx, asked.params.id)
    if (!contract) return notFound
    const back = wayBack(asked, contract)
    if (contract.mayEdit) return { contract, back }
    return redirect(back, { notice: words.mayNotEdit[ctx.language](contract.service.name[ctx.language]) })
  },
  form: {
    memo: { label: words.memo, value: typed(contractMemo) },
    former: { label: words.former, value: z.string().max(longestMemo) },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  initial: ({ contract: { memo, version } }) => ({ memo, former: memo, version: String(version) }),
  async submit(ctx, { data: { contract, back }, input, words: text }) {
    if (input.memo === input.former) return redirect(back)
    const saved = await setMemo(ctx, contract, input)
    if (saved.ok) return redirect(back, { notice: text.done })
    if (saved.problem === 'may-not-edit') throw new Error('The page is not shown to whoever may not edit')
    const last = await findLastChange(ctx, { kind: 'contract', id: contract.id })
    const when = { zone: ctx.actor.timeZone, language: ctx.language, now: ctx.now }
    const conflict = last ? text.conflict(last.by, formatTime(last.at, 'date-time', when)) : text.conflictOfNobody
    return problemAt('memo', conflict, saved)
  },
  within: ({ contract }) => contract.service.code,
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, form, words: text, reader } = view
    const { contract, back } = data
    const { language } = reader
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[
            { label: text.list, href: paths.contracts },
            { label: contract.number, href: paths.contract({ id: contract.id }) },
          ]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={leadOf(contract, language)} />
        <Difference {...view} />
        <Form form={form} layout="page" guard>
          {/* The row's own: who presses again after a conflict has seen what it is now. */}
          <input type="hidden" name="version" value={contract.version} />
          <input type="hidden" name="former" value={contract.memo} />
          <TextField
            form={form}
            name="memo"
            label={text.memo}
            language={language}
            most={longestMemo}
            hint={text.hint(longestMemo)}
          />
          <CommitBar effect={text.barEffect}>
            <ButtonLink kind="secondary" href={back}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.apply}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})

interface Data {
  contract: Contract
  back: string
}

/** What it was, what somebody else made of it, and what was typed, when these are three. */
function Difference({ data: { contract }, form, words: text }: View<Data, typeof words>) {
  const { former, memo } = form.values
  if (typeof former !== 'string' || typeof memo !== 'string' || former === contract.memo) return null
  return (
    <Facts
      facts={[
        { term: text.now, value: contract.memo || text.none },
        { term: text.yours, value: memo || text.none },
        { term: text.before, value: former || text.none },
      ]}
    />
  )
}

function leadOf({ number, service, site }: Contract, language: 'ja' | 'en'): string {
  return [number, service.name[language], site].filter(Boolean).join(language === 'ja' ? '　' : ' · ')
}

/** To the list or page from which the memo was opened. */
function wayBack({ query }: PageRequest, { id }: Contract): string {
  return ownPath(query.return ?? '') ?? paths.contract({ id })
}
