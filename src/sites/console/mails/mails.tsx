import { type FailureState, mailFailures } from '#features/mails/failures.ts'
import { isId } from '#platform/form.ts'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { PlainState } from '#platform/ui/text/status.tsx'
import type { Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { causeWords } from './cause-words.ts'
import { MailStateMark } from './mail-state.tsx'
import { mailKindWord } from './mail-words.ts'

const words = {
  title: { ja: '届かなかったメール', en: 'Mails that did not arrive' },
  lead: {
    ja: 'すべてのお客様の分を、新しい順に表示します（30日前まで）。自社の担当者宛ては含みません。',
    en: 'Of all customers, the newest first, for 30 days. Those to our own staff are not among them.',
  },
  chips: { ja: '状態と原因', en: 'State and cause' },
  domain: { ja: 'ドメイン', en: 'Domain' },
  customer: { ja: 'お客様', en: 'Customer' },
  option: {
    ja: (name: string, n: number) => `${name}（${n.toLocaleString('ja-JP')}通）`,
    en: (name: string, n: number) => `${name} (${n.toLocaleString('en-GB')})`,
  },
  noMatch: { ja: '条件に合うメールがありません', en: 'No mail matches' },
  none: { ja: '届かなかったメールはありません。', en: 'All mails have arrived.' },
  unit: { ja: '通', en: '' },
  state: { ja: '状態', en: 'State' },
  recipient: { ja: '宛先', en: 'To' },
  cause: { ja: '原因', en: 'Cause' },
  created: { ja: '作成日時', en: 'Written' },
  tried: { ja: '最後の送信', en: 'Last tried' },
  marked: { ja: '届かないアドレスとして記録済み', en: 'Noted as not working' },
}

const stateWords: Record<FailureState, Phrase> = {
  refused: { ja: '届きませんでした', en: 'Refused' },
  expired: { ja: '送信できませんでした', en: 'Given up' },
  queued: { ja: '送信が遅れています', en: 'Late' },
}

/** What did not arrive, over all customers. */
export const mailsPage = staffConsole.list({
  path: paths.mails,
  allow: 'support',
  words,
  from: mailFailures,
  async load(_ctx, { query }, read) {
    const of = {
      domain: query.domain === '' ? undefined : query.domain,
      customer: query.customer !== undefined && isId(query.customer) ? query.customer : undefined,
    }
    return { list: await read(of, of), of }
  },
  narrowings({ data: { list, of }, words: text }) {
    const { domains, customers } = list.beside
    const isListed = of.domain === undefined || domains.some(({ name }) => name === of.domain)
    return [
      {
        name: 'domain',
        label: text.domain,
        chosen: of.domain,
        options: [
          ...domains.map(({ name, failures }) => ({ value: name, label: text.option(name, failures) })),
          ...(isListed ? [] : [{ value: of.domain ?? '', label: of.domain ?? '' }]),
        ],
      },
      {
        name: 'customer',
        label: text.customer,
        chosen: of.customer,
        options: customers.map(({ id, name, failures }) => ({ value: id, label: text.option(name, failures) })),
      },
    ]
  },
  chips: { state: { labels: stateWords }, cause: { labels: causeWords } },
  empty: ({ data: { list, of }, words: text }) =>
    list.all === 0 && of.domain === undefined && of.customer === undefined ? (
      <PlainState>{text.none}</PlainState>
    ) : null,
  columns: {
    state: {
      phone: 'beside',
      cell: ({ state }, { language }) => <MailStateMark state={state} words={stateWords} language={language} />,
    },
    recipient: {
      header: true,
      long: true,
      cell: ({ id, recipient, kind, isMarked }, { language, words: text }) => (
        <>
          <a href={paths.mail({ id })}>
            <MailAddress mail={recipient} />
          </a>
          <div class="small-text">
            {mailKindWord(kind, language)}
            {isMarked && `　${text.marked}`}
          </div>
        </>
      ),
    },
    cause: {
      phone: 'labelled',
      cell: ({ cause, answer }, { language }) => (
        <>
          {causeWords[cause][language]}
          {answer && <span class="small-text number"> {answer}</span>}
        </>
      ),
    },
    customer: {
      phone: 'labelled',
      cell: ({ customer: { id, name } }) => <a href={paths.customer({ id })}>{name}</a>,
    },
    created: { phone: 'labelled', cell: ({ createdAt }, { time }) => time(createdAt) },
    tried: { phone: 'hidden', cell: ({ triedAt }, { time }) => triedAt && time(triedAt) },
  },
})
