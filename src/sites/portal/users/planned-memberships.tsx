import { z } from 'zod'
import { groupLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { planRefusalWords } from '#features/user-groups/plan-refused.email.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { thingOfListing } from '#features/subjects/listings.ts'
import { plannedList, type PlanState } from '#features/user-groups/planned.ts'
import { rowId } from '#platform/form.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { Form } from '#platform/ui/form/form.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import type { Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { portal } from '../site.tsx'
import { Person } from './person.tsx'
import { joinsWord, leavesWord, plannedTitle, withoutPlanner } from './planned-words.ts'

const words = {
  title: plannedTitle,
  lead: {
    ja: '予定日の0時に、自動で反映されます。権限もその時から変わります。',
    en: 'They take effect by themselves when the day begins, and rights change with them.',
  },
  dueOn: { ja: '予定日', en: 'Day' },
  user: { ja: 'ユーザー', en: 'User' },
  mail: userLabels.mailAddress,
  group: groupLabels.name,
  change: { ja: '予定', en: 'Change' },
  by: { ja: '予定した人', en: 'Planned by' },
  action: { ja: '操作', en: 'Action' },
  chips: { ja: '状態', en: 'State' },
  narrowed: { ja: (name: string) => `${name}の予定`, en: (name: string) => `Of ${name}` },
  narrowedBy: { ja: (name: string) => `${name}さんが登録した予定`, en: (name: string) => `Planned by ${name}` },
  nobody: { ja: '選択した対象', en: 'what was chosen' },
  cancel: { ja: '取り消す', en: 'Cancel' },
  clear: { ja: '一覧から消す', en: 'Remove from the list' },
  cancelOf: {
    ja: (user: string, group: string) => `${user}さんの「${group}」の予定を取り消す`,
    en: (user: string, group: string) => `Cancel what is planned for ${user} and “${group}”`,
  },
  refused: { ja: '実施できなかった理由', en: 'Why it was not made' },
  notDone: { ja: '実施できませんでした', en: 'Not made' },
  waiting: { ja: '要確認', en: 'To check' },
  noMatch: { ja: '条件に合う予定がありません', en: 'No planned change matches' },
  none: { ja: '所属の予定はありません', en: 'Nothing is planned' },
  noneText: {
    ja: 'ユーザーの画面の「所属の予定を追加する」から、異動などに合わせて予定できます。',
    en: 'Plan a change on the page of a user, such as for the day somebody moves to another team.',
  },
  toUsers: { ja: `${userLabels.list.ja}を表示する`, en: 'Show the users' },
}

const stateWords: Record<PlanState, Phrase> = {
  waiting: { ja: '予定', en: 'Planned' },
  'without-planner': { ja: 'このままでは反映されないもの', en: 'Will not be made' },
  refused: { ja: '実施できなかったもの', en: 'Not made' },
}

const idAsked = rowId.optional().catch(undefined)
const scope = z.object({ user: idAsked, group: idAsked, by: idAsked })

const thing = thingOfListing('planned-memberships')

/** 所属の予定 */
export const plannedMembershipsPage = portal.list({
  path: paths.plannedMemberships,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  from: plannedList,
  async load(ctx, { query }, read) {
    const isOf = scope.parse(query)
    const { user, group, by } = isOf
    const [list, pinned] = await Promise.all([
      read({ userId: user, groupId: group, plannerId: by }, isOf),
      isPinned(ctx, thing),
    ])
    return { list, isOf, isPinned: pinned }
  },
  about: () => thing,
  actions: (view) => <PinButton view={view} thing={thing} isPinned={view.data.isPinned} />,
  empty: ({ words: text }) => (
    <EmptyState icon="calendar" heading={text.none} action={<a href={paths.users}>{text.toUsers}</a>}>
      {text.noneText}
    </EmptyState>
  ),
  chips: { state: { labels: stateWords } },
  conditions({ data: { list, isOf }, words: text }) {
    // Rows that are there are all of that user, or of that group.
    const [first] = list.rows
    return [
      ...(isOf.user ? [`${text.user}：${first?.row.user.name ?? isOf.user}`] : []),
      ...(isOf.group ? [`${text.group}：${first?.row.group.name ?? isOf.group}`] : []),
      ...(isOf.by ? [`${text.by}：${first?.row.plannedBy ?? isOf.by}`] : []),
    ]
  },
  moreChips({ data: { list, isOf }, words: text }) {
    if (!isOf.user && !isOf.group && !isOf.by) return []
    const first = list.rows[0]?.row
    const name = isOf.user ? first?.user.name : first?.group.name
    const label = isOf.by ? text.narrowedBy(first?.plannedBy ?? '') : text.narrowed(name ?? text.nobody)
    const query = { ...list.query, user: undefined, group: undefined, by: undefined }
    return [{ label, count: list.total, isChosen: true, query }]
  },
  columns: {
    dueOn: { phone: 'beside', cell: ({ dueOn }, { day }) => day(dueOn), csv: ({ dueOn }) => dueOn },
    user: {
      header: true,
      long: true,
      cell: ({ user }) => <Person {...user} />,
      csv: ({ user }) => user.name,
    },
    mail: { csv: ({ user }) => user.mail },
    group: {
      long: true,
      cell: ({ group }) => <a href={paths.userGroup({ id: group.id })}>{group.name}</a>,
      csv: ({ group }) => group.name,
    },
    change: {
      long: true,
      cell: ({ joins, refused, isWithoutPlanner }, { language, words: text }) => (
        <>
          {(joins ? joinsWord : leavesWord)[language]}
          {isWithoutPlanner && (
            <div>
              <Badge kind="warning">{text.waiting}</Badge> {withoutPlanner[language]}
            </div>
          )}
          {refused && (
            <div>
              <Badge kind="trouble">{text.notDone}</Badge> {planRefusalWords[refused][language]}
            </div>
          )}
        </>
      ),
      csv: ({ joins }, language) => (joins ? joinsWord : leavesWord)[language],
    },
    refused: {
      csv({ refused, isWithoutPlanner }, language) {
        if (isWithoutPlanner) return withoutPlanner[language]
        return refused && planRefusalWords[refused][language]
      },
    },
    by: { phone: 'labelled', cell: ({ plannedBy }) => plannedBy, csv: ({ plannedBy }) => plannedBy },
    action: {
      hideLabel: true,
      phone: 'end',
      cell: ({ id, user, group, refused }, { words: text, tokenFor }) => (
        <Form form={{ action: paths.cancelPlanned, token: tokenFor(paths.cancelPlanned) }} layout="plain">
          <input type="hidden" name="id" value={id} />
          <Button kind="secondary" small label={refused ? undefined : text.cancelOf(user.name, group.name)}>
            {refused ? text.clear : text.cancel}
          </Button>
        </Form>
      ),
    },
  },
  csv: paths.plannedMembershipsCsv,
})
