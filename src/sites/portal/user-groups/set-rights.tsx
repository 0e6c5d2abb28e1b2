import { z } from 'zod'
import { contractLabels, rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { findGroupRights, type GroupRights, type ServiceRights } from '#features/user-groups/rights.ts'
import { stageServiceRights } from '#features/user-groups/stage.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { conflictSentence } from './conflict-words.ts'
import { EffectiveParts, EffectiveRight } from './effective-right.tsx'
import { SavedState, Unsent } from './unsent.tsx'
import { changedChoices, RightChoice, serviceChoiceFields } from './right-choice.tsx'
import { RightsTrail } from './rights-trail.tsx'
import { effectSentence } from './words.ts'

const words = {
  title: rightLabels.page,
  lead: {
    ja: (group: string, n: number) => `ユーザグループ ${group}（所属するユーザー ${n}名）`,
    en: (group: string, n: number) => `User group ${group} (${n === 1 ? 'one member' : `${n} members`})`,
  },
  strongest: {
    ja: '3つの設定のうち、最も強いものが有効になります。「権限なし」は未指定の意味で、ほかの設定を打ち消しません。',
    en: 'The strongest of the three settings counts. “No right” means not set: it takes away nothing that another setting gives.',
  },
  staged: {
    ja: (n: number) => `${n}件の変更は、まだ反映されていません。「適用する」を押すと、内容を確認して反映できます。`,
    en: (n: number) =>
      `${n === 1 ? 'One change is' : `${n} changes are`} not in force yet. Press “Apply” to check and apply.`,
  },
  forAll: rightLabels.forAllServices,
  service: contractLabels.serviceName,
  allUnset: { ja: '全サービス共通の権限設定（未指定 = 権限なし）', en: 'For all services (not set = no right)' },
  all: rightLabels.allServices,
  perService: rightLabels.perService,
  serviceUnset: { ja: 'サービスごとの権限設定（未指定 = 権限なし）', en: 'Per service (not set = no right)' },
  contracts: { ja: '契約ごとの権限設定', en: 'Per contract' },
  perContract: rightLabels.perContract,
  ofService: { ja: (service: string) => `${service}の`, en: (service: string) => `${service}: ` },
  set: { ja: (n: number) => `${n}件を個別に設定`, en: (n: number) => `${n} set singly` },
  changed: { ja: '（変更あり）', en: ' (changed)' },
  effective: { ja: '有効な権限', en: 'Resulting right' },
  version: { ja: '版', en: 'Version' },
  to: { ja: '次の画面', en: 'Next page' },
  cancel: userLabels.cancel,
  apply: rightLabels.apply,
  changes: { ja: (n: number) => `${n}件の変更：`, en: (n: number) => (n === 1 ? 'One change: ' : `${n} changes: `) },
  who: { ja: '対象者を確認する', en: 'See who is concerned' },
  commit: {
    ja: '「適用する」を押すと、誰の権限が変わるかを確認できます。',
    en: 'Press “Apply” to see whose rights change.',
  },
}

/** ユーザグループ権限設定: what is chosen here is noted, and in force only after the page that comes next. */
export const setGroupRightsPage = portal.page({
  path: paths.setGroupRights,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, asked): Promise<GroupRights | typeof notFound> {
    const { id } = asked.params
    const rights = await findGroupRights(ctx, id, { withEffect: true })
    return rights && !rights.group.isAutomatic ? rights : notFound
  },
  form: {
    ...serviceChoiceFields,
    version: { label: words.version, value: rowVersion, carried: true },
    // The code of a service, of which single contracts are to be set.
    to: { label: words.to, value: z.string().max(100).optional() },
  },
  async submit(ctx, { data: { group, services }, input }) {
    const changed = changedChoices(input)
    const ofServices = new Map([...changed].filter(([id]) => services.some((service) => service.id === id)))
    const staged = await stageServiceRights(
      ctx,
      { group, version: input.version },
      { all: changed.get('all'), services: ofServices },
    )
    if (!staged.ok) return problemAt(undefined, await conflictSentence(ctx, group.id), staged)
    const service = services.find(({ code }) => code === input.to)
    if (service) return redirect(paths.setContractRights({ id: group.id, code: service.code }))
    return redirect(paths.applyGroupRights({ id: group.id }))
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, form, words: text, reader } = view
    const { group, all } = data
    const { language } = reader
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <RightsTrail group={group} language={language} />
        <PageHeading heading={text.title} lead={text.lead(group.name, group.members)} />
        {group.staged > 0 && (
          <Notice kind="warning" icon="info" label={text.title}>
            {text.staged(group.staged)}
          </Notice>
        )}
        <p class="small-text">{text.strongest}</p>
        <SavedState language={language} />
        <Form form={form} guard>
          <input type="hidden" name="version" value={group.rightsVersion} />
          {/* The first button of a form is the one that Enter presses. */}
          <button class="visually-hidden" tabIndex={-1} aria-hidden="true">
            {text.apply}
          </button>
          <Section heading={text.forAll}>
            <Table
              caption={text.forAll}
              rows={[all]}
              rowKey={() => 'all'}
              columns={[
                { label: text.service, header: true, cell: () => text.all },
                {
                  label: text.allUnset,
                  phone: 'below',
                  cell: (rule) => <RightChoice form={form} language={language} id="all" name={text.all} rule={rule} />,
                },
              ]}
            />
          </Section>
          <Section heading={text.perService}>
            <Table caption={text.perService} rows={data.services} rowKey={({ id }) => id} columns={columnsOf(view)} />
          </Section>
          <EffectiveParts language={language} />
          <CommitBar effect={effectOf(view)}>
            <ButtonLink kind="secondary" href={wayOut(data)}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.apply}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})

type Shown = View<GroupRights, typeof words>

function columnsOf({ data, form, words: text, reader: { language } }: Shown): Column<ServiceRights>[] {
  const { all } = data
  return [
    { label: text.service, header: true, long: true, cell: ({ name }) => name[language] },
    {
      label: text.serviceUnset,
      phone: 'below',
      cell: ({ id, name, ...rule }) => (
        <RightChoice form={form} language={language} id={id} name={name[language]} rule={rule} />
      ),
    },
    {
      label: text.contracts,
      phone: 'below',
      cell: ({ code, name, contracts: { chosen, staged } }) => (
        <>
          <Button kind="quiet" small name="to" value={code} label={text.ofService(name[language]) + text.perContract}>
            {text.perContract}
          </Button>
          {(chosen.view + chosen.edit > 0 || staged > 0) && (
            <div class="small-text">
              {text.set(chosen.view + chosen.edit)}
              {staged > 0 && text.changed}
            </div>
          )}
        </>
      ),
    },
    {
      label: text.effective,
      phone: 'beside',
      cell: ({ id, chosen, contracts }) => (
        <EffectiveRight
          given={{ all: all.chosen, service: chosen }}
          follows={{ id, layer: 'service' }}
          language={language}
          {...contracts.chosen}
        />
      ),
    },
  ]
}

/** What follows from what was sent so far. */
function effectOf({ data: { group, effect }, words: text, reader: { language } }: Shown) {
  if (!effect)
    return (
      <>
        {text.commit} <Unsent language={language} />
      </>
    )
  return (
    <>
      <b>{text.changes(group.staged)}</b>
      {effectSentence(effect, language)} <a href={paths.applyGroupRights({ id: group.id })}>{text.who}</a>{' '}
      <Unsent language={language} />
    </>
  )
}

/** What is chosen and not in force is not thrown away without a question. */
function wayOut({ group: { id, staged } }: GroupRights): string {
  return (staged > 0 ? paths.discardGroupRights : paths.groupRights)({ id })
}
