import { addressOn, settingsLinks } from '#sites/frame/between-sites.ts'
import { contractLabels, serviceLabels, settingsLabels } from '#sites/frame/guide-labels.ts'
import { type Contract, findContract } from '#features/contracts/find.ts'
import { type ContractEvents, listEventsOf } from '#features/events/list.ts'
import { findLines } from '#features/lines/find.ts'
import { isWished } from '#features/mail-wishes/wishes.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Day } from '#platform/ui/text/day.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { OutsideLink } from '#platform/ui/text/outside-link.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import type { Phrase } from '#platform/words.ts'
import { PhoneLink } from '../subjects/window-facts.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { MailWishButton } from '../mail-wishes/wish-button.tsx'
import { OrderLinks } from '../order-requests/order-links.tsx'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { ContractStatusMark } from '#sites/frame/states/contract-status.tsx'
import { EventColumns } from '../subjects/contract-events.tsx'

const words = {
  list: serviceLabels.contractList,
  details: { ja: '契約情報', en: 'Contract' },
  status: contractLabels.status,
  service: contractLabels.serviceName,
  site: contractLabels.site,
  group: contractLabels.groupNumber,
  opensOn: { ja: '開通日', en: 'Opening date' },
  memo: contractLabels.memo,
  editMemo: { ja: 'メモを編集する', en: 'Edit the memo' },
  addMemo: { ja: 'メモを追加する', en: 'Add a memo' },
  settings: serviceLabels.settingsSite,
  change: settingsLabels.change,
  look: settingsLabels.look,
  charges: serviceLabels.charges,
  showCharges: { ja: '料金情報を確認する', en: 'See the charges' },
  contacts: serviceLabels.contacts,
  noContacts: {
    ja: 'ご連絡先は登録されていません。',
    en: 'No contacts are registered.',
  },
  askToRegister: { ja: '登録・変更の窓口を確認する', en: 'See whom to ask for changes' },
  name: { ja: '氏名・担当', en: 'Name and role' },
  reached: { ja: '電話番号・メールアドレス', en: 'Phone and email' },
  ask: { ja: 'このご契約について問い合わせる', en: 'Ask about this contract' },
  past: { ja: '過去の故障・工事を確認する', en: 'See past faults and works' },
  whoSees: { ja: 'このご契約を参照できるユーザーを確認する', en: 'See who can view this contract' },
}

interface Data {
  contract: Contract
  events: ContractEvents
  /** Where its telephone system is set; undefined: it has none. */
  settings: string | undefined
  isPinned: boolean
  isWished: boolean
  isAdministrators: boolean
}

/** One contract, and all that goes on around it. */
export const contractPage = portal.page({
  path: paths.contract,
  allow: 'user',
  words,
  section: 'contracts',
  async load(ctx, asked): Promise<Data | typeof notFound> {
    const contract = await findContract(ctx, asked.params.id)
    if (!contract) return notFound
    const { id } = contract
    const [events, pinned, wished, lines] = await Promise.all([
      listEventsOf(ctx, id),
      isPinned(ctx, { kind: 'contract', id }),
      isWished(ctx, { kind: 'contract', id }),
      findLines(ctx, [id]),
    ])
    const settings = lines.has(id) ? addressOn(ctx.settingsUrl, settingsLinks.top({ contract: id })) : undefined
    return {
      contract,
      events,
      settings,
      isPinned: pinned,
      isWished: wished,
      isAdministrators: ctx.actor.role === 'portal-administrator',
    }
  },
  within: ({ contract }) => contract.service.code,
  about: ({ contract: { id } }) => ({ kind: 'contract', id }),
  title: ({ data }) => [data.contract.number, ...namesOf(data.contract)].join(' '),
  view(view) {
    const { data, words: text, reader } = view
    const { language } = reader
    const { id, number, service } = data.contract
    return (
      <>
        <Breadcrumb
          language={language}
          trail={[
            { label: service.name[language], href: paths.service({ code: service.code }) },
            { label: text.list, href: hrefOf(paths.contracts, { service: service.code }) },
          ]}
          current={number}
        />
        <PageHeading
          above={`${service.name[language]}${language === 'ja' ? '　' : ' '}${number}`}
          heading={headingOf(data.contract)}
          actions={
            <>
              <MailWishButton view={view} about={{ kind: 'contract', id }} isWished={data.isWished} />
              <PinButton view={view} thing={{ kind: 'contract', id }} isPinned={data.isPinned} />
              <ButtonLink kind="secondary" small icon="help" href={hrefOf(paths.addTicket, { contract: id })}>
                {text.ask}
              </ButtonLink>
            </>
          }
        />
        <Columns count={2}>
          <Details {...view} />
          <Contacts {...view} />
        </Columns>
        {data.contract.mayEdit && (
          <OrderLinks service={service.code} forms={service.orderForms} contract={id} language={language} />
        )}
        <EventColumns
          events={data.events}
          reader={reader}
          past={<a href={paths.contractIncidents({ id })}>{text.past}</a>}
        />
      </>
    )
  },
})

type Shown = View<Data, typeof words>

/** What people know a contract by: where it is, and what they have noted. */
const namesOf = ({ site, memo }: Contract): string[] => [site ?? '', memo].filter(Boolean)

/** The number alone names it where nothing else does. */
function headingOf(contract: Contract): string {
  return namesOf(contract).join('　') || contract.number
}

function Details({ data: { contract, settings, isAdministrators }, words: text, reader: { language, now } }: Shown) {
  const { id, service, memo, mayEdit } = contract
  const facts = [
    { term: text.status, value: <ContractStatusMark status={contract.status} language={language} /> },
    { term: text.service, value: service.name[language] },
    { term: text.site, value: contract.site },
    { term: text.group, value: contract.groupNumber },
    { term: text.opensOn, value: contract.opensOn && <Day on={contract.opensOn} language={language} now={now} /> },
    {
      term: text.settings,
      value: settings ? <a href={settings}>{contract.mayEdit ? text.change : text.look}</a> : null,
    },
    {
      term: text.charges,
      value: service.chargesUrl && (
        <OutsideLink language={language} href={service.chargesUrl}>
          {text.showCharges}
        </OutsideLink>
      ),
    },
  ]
  return (
    <Section
      heading={text.details}
      action={isAdministrators && <a href={paths.rightsOfContract({ id })}>{text.whoSees}</a>}
    >
      <Facts
        facts={[
          ...facts.filter(({ value }) => value !== null),
          {
            term: text.memo,
            value: (
              <>
                {memo}{' '}
                {mayEdit && (
                  <a class="link-with-icon" href={paths.contractMemo({ id })}>
                    <Icon name={memo ? 'edit' : 'plus'} />
                    {memo ? text.editMemo : text.addMemo}
                  </a>
                )}
              </>
            ),
          },
        ]}
      />
    </Section>
  )
}

/** お客様のご連絡先 */
function Contacts({ data: { contract }, words: text, reader: { language } }: Shown) {
  const say = (phrase: Phrase): string => phrase[language]
  return (
    <Section heading={text.contacts} action={<a href={paths.contact}>{text.askToRegister}</a>}>
      {contract.contacts.length === 0 ? (
        <p class="small-text">{text.noContacts}</p>
      ) : (
        <Table
          caption={text.contacts}
          rows={contract.contacts}
          rowKey={({ role, name }) => `${role.ja} ${name}`}
          columns={[
            {
              label: text.name,
              header: true,
              cell: ({ name, role }) => (
                <>
                  {name}
                  <div class="small-text">{say(role)}</div>
                </>
              ),
            },
            {
              label: text.reached,
              long: true,
              cell: ({ phone, mail }) => (
                <>
                  {phone && (
                    <div>
                      <PhoneLink phone={phone} />
                    </div>
                  )}
                  {mail && (
                    <div>
                      <a href={`mailto:${mail}`}>
                        <MailAddress mail={mail} />
                      </a>
                    </div>
                  )}
                </>
              ),
            },
          ]}
        />
      )}
    </Section>
  )
}
