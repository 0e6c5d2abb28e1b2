import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { judgeFiles } from '#features/attachments/judge.ts'
import { openTicket } from '#features/tickets/open.ts'
import { findAbout, findPersons } from '#features/tickets/opening.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { momentAt } from '#platform/time/wall-clock.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { aboutPortal, NewTicketForm, ticketFields, ticketFormWords } from './ticket-form.tsx'
import { sentenceOfFiles } from '#sites/frame/talk/file-words.ts'
import { loadOpening, type Opening } from './load-opening.ts'

const words = {
  ...ticketFormWords,
  list: serviceLabels.ticketList,
  title: { ja: 'お問い合わせの作成', en: 'Open an inquiry' },
  lead: {
    ja: '故障のご連絡やご質問を、通信事業者の担当者にお送りします。返答は、この画面とメールでお知らせします。',
    en: 'Report a fault or ask a question. You will find the answer here, and in a mail.',
  },
  ofIncident: { ja: '次の工事・故障についてのお問い合わせです', en: 'The inquiry is about this fault or works' },
  faults: { ja: 'このご契約では、次の故障が発生しています', en: 'This contract has a fault at the moment' },
  faultsText: {
    ja: '同じ内容の場合は、お問い合わせいただかなくても、故障のページで状況を確認できます。',
    en: 'If it is about this, you can follow it on the page of the fault without asking.',
  },
  mayNot: {
    ja: 'このご契約について問い合わせるには編集の権限が必要です',
    en: 'To ask about this contract you need the right to edit it',
  },
  whoCan: {
    ja: (name: string, others: number) =>
      `権限は、ポータル管理者（${name}さん${others > 0 ? ` ほか${others}名` : ''}）に依頼してください。`,
    en: (name: string, others: number) =>
      `Ask a portal administrator for it: ${name}${others > 0 ? `, or one of ${others} more` : ''}.`,
  },
  nobodyCan: {
    ja: '権限を付与できるポータル管理者がいません。窓口へご連絡ください。',
    en: 'There is no portal administrator to give it. Please contact us.',
  },
  askPortal: { ja: 'ポータルについて問い合わせる', en: 'Ask about the portal' },
  opened: {
    ja: (code: string) => `お問い合わせを受け付けました。受付番号は${code}です。`,
    en: (code: string) => `Your inquiry was received. Its reference is ${code}.`,
  },
  missing: { ja: '対象が選択されていません。対象を選択してください。', en: 'Choose what it is about.' },
  'unknown-contract': {
    ja: (number: string) => `ご契約番号「${number}」が見つかりません。参照できるご契約の番号を入力してください。`,
    en: (number: string) => `There is no contract ${number} that you may see. Enter the number of one.`,
  },
  'contract-not-editable': {
    ja: (number: string) =>
      `ご契約「${number}」について問い合わせるには編集の権限が必要です。御社のポータル管理者にご連絡ください。`,
    en: (number: string) => `To ask about ${number} you need the right to edit it. Ask your portal administrator.`,
  },
  'other-service': {
    ja: (number: string) =>
      `ご契約「${number}」は、選択したサービスのご契約ではありません。サービスを選び直すか、別の番号を先に入力してください。`,
    en: (number: string) =>
      `${number} is not of the service you chose. Choose another service, or enter another number first.`,
  },
  'service-not-editable': {
    ja: 'ご契約番号が入力されていません。サービス全体ではなく、編集できるご契約の番号を入力してください。',
    en: 'Enter the number of a contract that you may edit: you cannot ask about the service as a whole.',
  },
  portalHasNone: {
    ja: 'ポータルについてのお問い合わせには、ご契約番号は入力できません。番号を消すか、サービスを選択してください。',
    en: 'An inquiry about the portal is about no contract. Leave it empty, or choose a service.',
  },
  unknownPerson: {
    ja: (mail: string) =>
      `「${mail}」は御社のユーザーのメールアドレスではありません。登録されているメールアドレスを入力してください。`,
    en: (mail: string) => `${mail} is not the address of one of your users. Enter one that is registered.`,
  },
  badTime: {
    ja: '発生日時には、現在より前の日時を2026-12-01T14:30の形式で入力してください。',
    en: 'Enter a time that has passed, written like 2026-12-01T14:30.',
  },
  'too-many-tickets': {
    ja: 'お問い合わせは1時間に20件まで作成できます。時間をおいて、もう一度お試しください。',
    en: 'You can open 20 inquiries an hour. Try again later.',
  },
}

/** お問い合わせの作成 */
export const addTicketPage = portal.page({
  path: paths.addTicket,
  allow: 'user',
  words,
  section: 'tickets',
  load: loadOpening,
  form: ticketFields,
  initial: ({ contract, follows, services, incident }) => ({
    service: contract?.service.code ?? follows?.service ?? (services.length === 0 ? aboutPortal : ''),
    contracts: contract?.number ?? follows?.contracts ?? '',
    kind: follows?.kind ?? (incident?.kind === 'fault' ? 'fault' : 'inquiry'),
    title: follows?.title ?? incident?.title ?? '',
  }),
  async prepare({ inTransaction }, { files }) {
    const customerId = await inTransaction(({ actor }) => Promise.resolve(actor.customer.id))
    return customerId === undefined ? undefined : judgeFiles(files, customerId)
  },
  async submit(ctx, { data, input, prepared, words: text }) {
    if (!prepared) throw new Error('Only whoever is logged in gets here')
    if (!prepared.ok) return problemAt('files', sentenceOfFiles(prepared, ctx.language))
    const service = data.services.find(({ code }) => code === input.service)
    if (!service && input.service !== aboutPortal) return problemAt('service', text.missing)
    if (!service && input.contracts.length > 0) return problemAt('contracts', text.portalHasNone)
    const about = service ? await findAbout(ctx, service, input.contracts) : undefined
    if (about && !about.ok)
      return problemAt('contracts', 'number' in about ? text[about.problem](about.number) : text[about.problem])
    const persons = await findPersons(ctx, input.persons)
    if (!persons.ok) return problemAt('persons', text.unknownPerson(persons.address))
    const occurredAt = input.occurred === '' ? undefined : momentAt(input.occurred, ctx.actor.timeZone)
    if (input.occurred !== '' && (!occurredAt || occurredAt > ctx.now)) return problemAt('occurred', text.badTime)
    const opened = await openTicket(ctx, {
      ...input,
      serviceId: service?.id,
      contracts: about?.value ?? [],
      occurredAt,
      persons: persons.value,
      files: prepared.value,
      follows: data.follows?.id,
      incident: data.incident?.id,
    })
    if (opened.ok) return redirect(paths.ticket({ id: opened.value.id }), { notice: text.opened(opened.value.code) })
    const { problem } = opened
    return problemAt(problem === 'too-many-tickets' ? undefined : 'files', text[problem], opened)
  },
  within: ({ contract }) => contract?.service.code ?? '',
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, form, words: text, reader } = view
    const { language } = reader
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.tickets }]} current={text.title} />
        <PageHeading heading={text.title} lead={text.lead} />
        {data.whoCan ? (
          <EmptyState
            icon="lock"
            heading={text.mayNot}
            action={
              <ButtonLink kind="secondary" href={paths.addTicket}>
                {text.askPortal}
              </ButtonLink>
            }
          >
            {sentenceOf(data.whoCan, text)}
          </EmptyState>
        ) : (
          <>
            {data.incident && (
              <Notice kind="info" heading={text.ofIncident}>
                <a href={paths.incident({ id: data.incident.id })}>{data.incident.title}</a>
              </Notice>
            )}
            {data.faults.length > 0 && !data.incident && (
              <Notice kind="trouble" icon="warning" heading={text.faults}>
                <p>{text.faultsText}</p>
                <ul>
                  {data.faults.map(({ id, title }) => (
                    <li key={id}>
                      <a href={paths.incident({ id })}>{title[language]}</a>
                    </li>
                  ))}
                </ul>
              </Notice>
            )}
            <NewTicketForm {...view} />
          </>
        )}
      </>
    )
  },
})

function sentenceOf(
  { names: [name], total }: NonNullable<Opening['whoCan']>,
  text: { whoCan: (name: string, others: number) => string; nobodyCan: string },
): string {
  return name === undefined ? text.nobodyCan : text.whoCan(name, total - 1)
}
