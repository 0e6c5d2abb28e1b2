import { seeCustomer } from '#features/staff/see-customer.ts'
import { clashQueue, findClashCustomer, markClash } from '#features/users/clash-queue.ts'
import { rowId } from '#platform/form.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { Form } from '#platform/ui/form/form.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { z } from 'zod'
import { PlainState } from '#platform/ui/text/status.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { feedbackStateWords } from './feedback-words.ts'

const words = {
  title: { ja: '登録できなかったメールアドレス', en: 'Email addresses that could not be registered' },
  lead: {
    ja: 'ポータル管理者が登録しようとしたアドレスを、ほかのお客様のユーザーがすでに使っています。お客様には、登録できないことだけを表示しています。どのお客様のものかを伝えないでください。',
    en: 'An administrator gave an address that a user of another customer has, and was told no more than that it cannot be registered. Never tell whose it is.',
  },
  none: { ja: '登録できなかったアドレスはありません。', en: 'There are none.' },
  noMatch: { ja: '条件に合うアドレスがありません', en: 'No address matches' },
  state: { ja: '状態', en: 'State' },
  address: { ja: 'アドレス', en: 'Address' },
  customer: { ja: '登録しようとしたお客様', en: 'Who tried' },
  times: { ja: (n: number) => `このお客様で${n}回`, en: (n: number) => `${n} by this customer` },
  holder: { ja: '使っているお客様', en: 'Who has it' },
  nobody: { ja: 'いまは誰も使っていません', en: 'Nobody any more' },
  at: { ja: '日時', en: 'When' },
  done: { ja: '対応済みにする', en: 'Mark as done' },
  reopen: { ja: '未対応に戻す', en: 'Open it again' },
  of: {
    ja: (label: string, mail: string) => `${label}：${mail}`,
    en: (label: string, mail: string) => `${label}: ${mail}`,
  },
  clash: { ja: 'アドレス', en: 'Address' },
  deed: { ja: '操作', en: 'Action' },
  marked: { ja: '記録しました。', en: 'It was noted.' },
  meanwhile: {
    ja: 'ほかの担当者が対応しました。最新の内容をご確認ください。',
    en: 'Another member has done something about it. Look at what it is now.',
  },
}

/** Addresses of which two customers want one. */
export const addressClashesPage = staffConsole.list({
  path: paths.addressClashes,
  allow: 'support',
  words,
  from: clashQueue,
  form: {
    clash: { label: words.clash, value: rowId, chosen: true, carried: true },
    deed: { label: words.deed, value: z.enum(['done', 'open']), chosen: true, carried: true },
  },
  async submit(ctx, { input: { clash: id, deed }, words: text }) {
    const customerId = await findClashCustomer(ctx, id)
    const isSeen = customerId !== undefined && (await seeCustomer(ctx, customerId, paths.addressClashes))
    const isMarked = isSeen && (await markClash(ctx, { id, customerId }, deed === 'done' ? ctx.staff.number : null))
    if (!isMarked) return problemAt(undefined, text.meanwhile)
    return redirect(paths.addressClashes, { notice: text.marked })
  },
  chips: { state: { labels: feedbackStateWords } },
  empty: ({ data: { list }, words: text }) =>
    list.all === 0 && !list.isFiltered ? <PlainState>{text.none}</PlainState> : null,
  columns: {
    address: {
      header: true,
      long: true,
      cell: ({ mail }) => <MailAddress mail={mail} />,
    },
    customer: {
      phone: 'below',
      cell: ({ customer, administrator, ofCustomer }, { words: text }) => (
        <>
          <a href={paths.customer({ id: customer.id })}>{customer.name}</a>
          <div class="small-text">
            <a href={paths.user({ customer: customer.id, id: administrator.id })}>{administrator.name}</a>{' '}
            {text.times(ofCustomer)}
          </div>
        </>
      ),
    },
    holder: {
      phone: 'labelled',
      cell: ({ holder }, { words: text }) =>
        holder ? (
          <>
            <a href={paths.customer({ id: holder.customer.id })}>{holder.customer.name}</a>
            <div class="small-text">
              <a href={paths.user({ customer: holder.customer.id, id: holder.id })}>{holder.name}</a>
            </div>
          </>
        ) : (
          text.nobody
        ),
    },
    at: { phone: 'labelled', cell: ({ at }, { time }) => time(at) },
    state: {
      phone: 'beside',
      cell: ({ id, mail, state, doneBy }, { form, language, words: text }) => {
        const label = state === 'open' ? text.done : text.reopen
        return (
          <>
            {feedbackStateWords[state][language]} {doneBy && <span class="small-text number">{doneBy}</span>}
            <Form form={form} layout="plain">
              <input type="hidden" name="clash" value={id} />
              <input type="hidden" name="deed" value={state === 'open' ? 'done' : 'open'} />
              <Button kind="secondary" small label={text.of(label, mail)}>
                {label}
              </Button>
            </Form>
          </>
        )
      },
    },
  },
})
