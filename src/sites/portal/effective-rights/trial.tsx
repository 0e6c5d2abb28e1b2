import { contractLabels, userLabels } from '#sites/frame/guide-labels.ts'
import {
  findTrial,
  listTrialRights,
  type Trial,
  type TrialGroup,
  isTrialKey,
  type TrialKind,
  type TrialRight,
} from '#features/effective-rights/simulate.ts'
import { isId } from '#platform/form.ts'
import { formatList } from '#platform/ui/text/list-format.ts'
import { type Place, placeOf } from '#platform/list/paging.ts'
import type { ListedRows } from '#platform/list/short-list.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button } from '#platform/ui/form/button.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { ListTools } from '#platform/ui/list/list-tools.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import type { Route } from '#platform/web/paths.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { levelWord } from '../user-groups/words.ts'
import { rightsTitle, trialTitle } from './words.ts'

const words = {
  title: trialTitle,
  users: userLabels.list,
  rights: rightsTitle,
  of: { ja: (name: string) => `${name}さん`, en: (name: string) => name },
  lead: {
    ja: (name: string) =>
      `${name}さんがグループに加わった場合、外れた場合の権限の変化です。ここでは何も変更されません。`,
    en: (name: string) =>
      `How the rights of ${name} would change by joining or leaving a group. Nothing is changed here.`,
  },
  group: { ja: 'ユーザーグループ', en: 'User group' },
  choose: { ja: '選択してください', en: 'Choose' },
  leave: { ja: '外れた場合（現在所属しているグループ）', en: 'If left (groups this user is in)' },
  join: { ja: '加わった場合（所属していないグループ）', en: 'If joined (other groups)' },
  tryIt: { ja: '変化を確認する', en: 'See the change' },
  joined: {
    ja: (user: string, group: string) => `${user}さんが「${group}」に加わった場合`,
    en: (user: string, group: string) => `If ${user} joined “${group}”`,
  },
  left: {
    ja: (user: string, group: string) => `${user}さんが「${group}」から外れた場合`,
    en: (user: string, group: string) => `If ${user} left “${group}”`,
  },
  gainsSight: {
    ja: (n: number) => `新しく権限が与えられるご契約：${n}件`,
    en: (n: number) => `Contracts gained: ${n}`,
  },
  gainsEditing: {
    ja: (n: number) => `参照のみから参照・編集に変わるご契約：${n}件`,
    en: (n: number) => `Contracts that could also be edited: ${n}`,
  },
  losesSight: {
    ja: (n: number) => `参照できなくなるご契約：${n}件`,
    en: (n: number) => `Contracts lost: ${n}`,
  },
  losesEditing: {
    ja: (n: number) => `参照・編集から参照のみに変わるご契約：${n}件`,
    en: (n: number) => `Contracts that could only be viewed: ${n}`,
  },
  same: {
    ja: '参照・編集できるご契約は変わりません。',
    en: 'The contracts this user can view and edit stay the same.',
  },
  caption: { ja: '権限が変わるご契約', en: 'Contracts whose right changes' },
  number: contractLabels.contractNumber,
  service: contractLabels.serviceName,
  site: contractLabels.site,
  before: { ja: '変更前', en: 'Before' },
  after: { ja: '変更後', en: 'After' },
}

interface Data {
  trial: Trial
  outcome: { group: TrialGroup; place: Place; size: string | undefined; list: ListedRows<TrialRight, TrialKind> } | null
}

/** What if a user joined or left a group. */
export const rightsTrialPage = portal.page({
  path: paths.rightsTrial,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, { params: { id }, query }): Promise<Data | typeof notFound> {
    const { group = '', size } = query
    const trial = await findTrial(ctx, id, isId(group) ? group : undefined)
    if (!trial) return notFound
    if (!trial.chosen) return { trial, outcome: null }
    const place = placeOf(query, { isKey: isTrialKey })
    return {
      trial,
      outcome: { group: trial.chosen.group, place, size, list: await listTrialRights(ctx, trial.chosen, place) },
    }
  },
  title: ({ data: { trial }, words: text }) => `${text.of(trial.user.name)} ${text.title}`,
  view(view) {
    const { data, words: text, reader } = view
    const { user, groups } = data.trial
    const path = (to: Route<'id'>): string => to({ id: user.id })
    const optionsOf = (isMember: boolean) =>
      groups
        .filter((group) => group.isMember === isMember)
        .map(({ id, number, name }) => (
          <option value={id} selected={id === data.outcome?.group.id} key={id}>
            {`${number} ${name}`}
          </option>
        ))
    return (
      <>
        <Breadcrumb
          language={reader.language}
          trail={[
            { label: text.users, href: paths.users },
            { label: user.name, href: path(paths.user) },
            { label: text.rights, href: path(paths.rightsOfUser) },
          ]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={text.lead(user.name)} />
        <form class="ask-line" action={path(paths.rightsTrial)}>
          <label for="group">{text.group}</label>
          <span class="select">
            <select class="input" id="group" name="group">
              <option value="">{text.choose}</option>
              <optgroup label={text.leave}>{optionsOf(true)}</optgroup>
              <optgroup label={text.join}>{optionsOf(false)}</optgroup>
            </select>
            <Icon name="down" />
          </span>
          <Button>{text.tryIt}</Button>
        </form>
        {data.outcome && <Outcome {...view} />}
      </>
    )
  },
})

function Outcome({ data: { trial, outcome }, words: text, reader: { language } }: View<Data, typeof words>) {
  if (!outcome) return null
  const { group, place, size, list } = outcome
  const { sight = 0, editing = 0 } = list.counts
  const [bySight, byEditing] = group.isMember
    ? [text.losesSight, text.losesEditing]
    : [text.gainsSight, text.gainsEditing]
  const effect = [...(sight > 0 ? [bySight(sight)] : []), ...(editing > 0 ? [byEditing(editing)] : [])]
  const [first, last] = [list.rows[0], list.rows.at(-1)]
  return (
    <>
      <Notice
        kind={group.isMember && first ? 'warning' : 'info'}
        heading={(group.isMember ? text.left : text.joined)(trial.user.name, group.name)}
      >
        {effect.length > 0 ? formatList(effect, language) : text.same}
      </Notice>
      {first && last && (
        <>
          <ListTools
            language={language}
            path={paths.rightsTrial({ id: trial.user.id })}
            query={{ group: group.id, size }}
            place={place}
            total={list.total}
            edges={{ first: first.key, last: last.key }}
          />
          <Table
            caption={text.caption}
            rows={list.rows}
            rowKey={({ row }) => row.id}
            columns={[
              {
                label: text.number,
                header: true,
                cell: ({ row: { id, number } }) => <a href={paths.rightsOfContract({ id })}>{number}</a>,
              },
              { label: text.service, long: true, cell: ({ row }) => row.service[language] },
              { label: text.site, long: true, cell: ({ row }) => row.site },
              { label: text.before, phone: 'labelled', cell: ({ row }) => levelWord(row.before, language) },
              { label: text.after, phone: 'labelled', cell: ({ row }) => <b>{levelWord(row.after, language)}</b> },
            ]}
          />
        </>
      )}
    </>
  )
}
