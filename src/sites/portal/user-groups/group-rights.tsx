import { contractLabels, groupLabels } from '#sites/frame/guide-labels.ts'
import { findGroupRights, type GroupRights, type ServiceRights } from '#features/user-groups/rights.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { EffectiveRight } from './effective-right.tsx'
import { GroupHeading } from './group-heading.tsx'
import { groupName, levelWord } from './words.ts'

const words = {
  rights: groupLabels.rights,
  set: groupLabels.setRights,
  allServices: groupLabels.allServices,
  view: groupLabels.view,
  edit: groupLabels.change,
  unset: groupLabels.unset,
  given: { ja: '指定あり', en: 'Set' },
  single: { ja: 'サービスごと・契約ごと', en: 'Per service and per contract' },
  none: {
    ja: 'サービスごと、契約ごとの権限は、まだ指定されていません。',
    en: 'No rights are set for single services or contracts yet.',
  },
  service: contractLabels.serviceName,
  perService: { ja: 'サービスごと', en: 'Per service' },
  perContract: { ja: '契約ごと', en: 'Per contract' },
  effective: { ja: '有効な権限', en: 'Resulting right' },
  contracts: {
    ja: (n: number, level: string) => `${level} ${n}件`,
    en: (n: number, level: string) => `${level}: ${n}`,
  },
  nothingSeen: {
    ja: 'このグループでは、どのご契約も参照できません。',
    en: 'This group shows no contract to its members.',
  },
  automatic: groupLabels.allServicesGroupText,
}

interface Data extends GroupRights {
  isPinned: boolean
}

/** 権限の設定状態: what is in force. */
export const groupRightsPage = portal.page({
  path: paths.groupRights,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, asked): Promise<Data | typeof notFound> {
    const { id } = asked.params
    const rights = await findGroupRights(ctx, id)
    return rights ? { ...rights, isPinned: await isPinned(ctx, { kind: 'user-group', id }) } : notFound
  },
  about: ({ group: { id } }) => ({ kind: 'user-group', id }),
  title: ({ data: { group }, reader: { language } }) => groupName(group, language),
  view(view) {
    const { data, words: text } = view
    const { group, all } = data
    const set = data.services.filter(hasRule)
    return (
      <>
        <GroupHeading
          group={group}
          isPinned={data.isPinned}
          view={view}
          tab="rights"
          action={
            !group.isAutomatic && <ButtonLink href={paths.setGroupRights({ id: group.id })}>{text.set}</ButtonLink>
          }
        />
        {group.isAutomatic && (
          <Notice kind="info" label={text.rights}>
            {text.automatic}
          </Notice>
        )}
        <Section heading={text.allServices}>
          <Panel>
            <Facts
              facts={[
                { term: text.view, value: all.inForce ? text.given : text.unset },
                { term: text.edit, value: all.inForce === 'edit' ? text.given : text.unset },
              ]}
            />
          </Panel>
        </Section>
        <Section heading={text.single}>
          {set.length > 0 ? (
            <Table caption={text.single} rows={set} rowKey={({ id }) => id} columns={columnsOf(view)} />
          ) : (
            <p class="small-text">{text.none}</p>
          )}
        </Section>
        {all.inForce === null && set.length === 0 && <p>{text.nothingSeen}</p>}
      </>
    )
  },
})

function hasRule({ inForce, contracts }: ServiceRights): boolean {
  return inForce !== null || contracts.inForce.view + contracts.inForce.edit > 0
}

function columnsOf({ data, words: text, reader: { language } }: View<Data, typeof words>): Column<ServiceRights>[] {
  return [
    { label: text.service, header: true, long: true, cell: ({ name }) => name[language] },
    {
      label: text.perService,
      phone: 'labelled',
      cell: ({ inForce }) => (inForce ? levelWord(inForce, language) : text.unset),
    },
    {
      label: text.perContract,
      phone: 'labelled',
      cell: ({ contracts: { inForce } }) =>
        (['view', 'edit'] as const)
          .filter((level) => inForce[level] > 0)
          .map((level) => text.contracts(inForce[level], levelWord(level, language)))
          .join(language === 'ja' ? '、' : ', ') || text.unset,
    },
    {
      label: text.effective,
      phone: 'beside',
      cell: ({ inForce, contracts }) => (
        <EffectiveRight
          given={{ all: data.all.inForce, service: inForce }}
          language={language}
          {...contracts.inForce}
        />
      ),
    },
  ]
}
