import { findOwnReasons } from '#features/effective-rights/own-reasons.ts'
import type { Reason } from '#features/effective-rights/reason.ts'
import type { Contract } from '#features/contracts/find.ts'
import { addressOn, portalLinks } from '#sites/frame/between-sites.ts'
import { contractLabels, rightLabels, serviceLabels, settingsLabels } from '#sites/frame/guide-labels.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { formatList } from '#platform/ui/text/list-format.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import type { View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'

const words = {
  title: serviceLabels.settingsSite,
  list: { ja: '設定変更一覧', en: 'Settings' },
  another: { ja: '別のご契約を選ぶ', en: 'Choose another contract' },
  subject: { ja: '設定変更の対象', en: 'What is set here' },
  customerNumber: settingsLabels.customerNumber,
  service: { ja: 'サービス名・拠点', en: 'Service and site' },
  memo: contractLabels.memo,
  right: { ja: '有効な権限', en: 'Your right' },
  by: { ja: (groups: string) => `（${groups}）`, en: (groups: string) => ` (by ${groups})` },
  details: { ja: 'ご契約情報を見る', en: 'See the contract' },
  readOnly: {
    ja: '設定は参照のみできます。変更するには編集の権限が必要です。御社のポータル管理者にご相談ください。',
    en: 'You can only view the settings. To change them you need the right to edit: ask your portal administrator.',
  },
}

interface Data {
  contract: Contract
  /** The groups that give the actor the level. */
  groups: string[]
  portal: { service: string; list: string; contract: string }
}

/** The settings of one contract: first of all, which one it is. */
export const topPage = settings.page({
  path: paths.top,
  allow: 'line',
  words,
  async load(ctx): Promise<Data> {
    const { contract, portalUrl } = ctx
    const { id, service } = contract
    const at = (path: string): string => addressOn(portalUrl, path)
    return {
      contract,
      groups: groupsOf(contract, await findOwnReasons(ctx, id)),
      portal: {
        service: at(portalLinks.service({ code: service.code })),
        list: addressOn(portalUrl, portalLinks.settingsList({ code: service.code }), { list: '' }),
        contract: at(portalLinks.contract({ id })),
      },
    }
  },
  within: ({ contract }) => contract.service.code,
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, words: text, reader } = view
    const { language } = reader
    const { contract, portal } = data
    return (
      <>
        <Breadcrumb
          language={language}
          trail={[
            { label: contract.service.name[language], href: portal.service },
            { label: text.list, href: portal.list },
          ]}
          current={text.title}
        />
        <PageHeading
          heading={text.title}
          actions={
            <a class="link-with-icon" href={portal.list}>
              {text.another}
              <Icon name="right" />
            </a>
          }
        />
        <Subject {...view} />
        {!contract.mayEdit && <Notice kind="info">{text.readOnly}</Notice>}
      </>
    )
  },
})

/** Of the reasons, those for the level that the actor has. */
function groupsOf({ mayEdit }: Contract, reasons: readonly Reason[]): string[] {
  const own = reasons.filter(({ level }) => level === (mayEdit ? 'edit' : 'view'))
  return [...new Set(own.map(({ group }) => group.name))]
}

function Subject({ data: { contract, groups, portal }, words: text, reader: { language } }: View<Data, typeof words>) {
  const { number, service, site, memo, mayEdit } = contract
  const level = (mayEdit ? rightLabels.edit : rightLabels.view)[language]
  return (
    <Panel label={text.subject}>
      <Facts
        inline
        facts={[
          { term: text.customerNumber, value: <b class="large-number">{number}</b> },
          { term: text.service, value: [service.name[language], site].filter(Boolean).join(' ') },
          { term: text.memo, value: memo || '-' },
          {
            term: text.right,
            value: (
              <>
                {level}
                <span class="small-text">{text.by(formatList(groups, language))}</span>
              </>
            ),
          },
          { term: text.details, value: <a href={portal.contract}>{number}</a> },
        ]}
      />
    </Panel>
  )
}
