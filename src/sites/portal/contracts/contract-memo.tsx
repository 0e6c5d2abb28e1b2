import { contractLabels, rightLabels, serviceLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { type Contract, findContract } from '#features/contracts/find.ts'
import { setMemo } from '#features/contracts/set-memo.ts'
import { contractMemo, longestMemo } from '#features/contracts/values.ts'
import { rowVersion } from '#platform/form.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { typed } from '#platform/values.ts'
import { changedJustNow } from '#platform/web/meanwhile-words.ts'
import { type PageRequest, notFound, problemAt, redirect } from '#platform/web/page.ts'
import { ownPath, paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { lastChangeOf } from '../histories/last-change.ts'

const words = {
  title: { ja: 'メモの編集', en: 'Edit the memo' },
  list: serviceLabels.contractList,
  memo: contractLabels.memo,
  hint: {
    ja: (most: number) => `${most}文字以内。このご契約を参照できる方に表示されます。`,
    en: (most: number) => `At most ${most} characters. Everybody who may see this contract sees it.`,
  },
  version: { ja: '版', en: 'Version' },
  meanwhile: changedJustNow,
  apply: rightLabels.apply,
  cancel: userLabels.cancel,
  done: { ja: 'メモを変更しました。', en: 'The memo was changed.' },
  mayNotEdit: {
    ja: (service: string) => `この操作には${service}の編集権限が必要です。御社のポータル管理者にご連絡ください。`,
    en: (service: string) => `This needs the right to edit ${service}. Ask your portal administrator.`,
  },
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
    version: { label: words.version, value: rowVersion, carried: true },
  },
  initial: ({ contract: { memo, version } }) => ({ memo, version: String(version) }),
  changedBy: (ctx, { contract: { id } }) =>
    lastChangeOf(ctx, { kind: 'contract', id, actions: ['contract-memo-changed'] }),
  async submit(ctx, { data: { contract, back }, input, words: text }) {
    if (input.memo === contract.memo) return redirect(back)
    const saved = await setMemo(ctx, contract, input)
    if (saved.ok) return redirect(back, { notice: text.done })
    if (saved.problem === 'may-not-edit') throw new Error('The page is not shown to whoever may not edit')
    return problemAt('memo', text.meanwhile, saved)
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
        <Form form={form} layout="page" guard>
          <input type="hidden" name="version" value={contract.version} />
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

function leadOf({ number, service, site }: Contract, language: 'ja' | 'en'): string {
  return [number, service.name[language], site].filter(Boolean).join(language === 'ja' ? '　' : ' · ')
}

/** To the list or page from which the memo was opened. */
function wayBack({ query }: PageRequest, { id }: Contract): string {
  return ownPath(query.return ?? '') ?? paths.contract({ id })
}
