import type { PlanProblem } from '#features/user-groups/planned.ts'
import { mostPlansOfUser } from '#features/user-groups/planned.ts'
import type { Phrase } from '#platform/words.ts'
import { listTitles } from '../list-titles.ts'

export const plannedTitle: Phrase = listTitles['planned-memberships']
export const planTitle: Phrase = { ja: '所属の予定の追加', en: 'Plan a change of groups' }
export const joinsWord: Phrase = { ja: '追加する', en: 'Put into the group' }
export const leavesWord: Phrase = { ja: '外す', en: 'Take out of the group' }

export const withoutPlanner: Phrase = {
  ja: 'このままでは反映されません。予定した人が、予定日に有効なポータル管理者ではありません。取り消して、予定し直してください。',
  en: 'It will not be made: whoever planned it is no active administrator on that day. Cancel it and plan it anew.',
}

export const planProblems: Record<PlanProblem, Phrase> = {
  'not-ahead': { ja: '予定日は、明日以降の日付を入力してください。', en: 'Enter a day from tomorrow on.' },
  'too-far-ahead': { ja: '予定日は、2年以内の日付を入力してください。', en: 'Enter a day within two years.' },
  'planned-already': {
    ja: 'このユーザーとユーザーグループには、同じ日の予定がすでにあります。予定日を変えるか、先の予定を取り消してください。',
    en: 'Something is planned for this user, group and day already. Choose another day, or cancel that first.',
  },
  'too-many': {
    ja: `1人のユーザーの予定は${mostPlansOfUser}件までです。不要な予定を取り消してください。`,
    en: `At most ${mostPlansOfUser} changes can be planned for one user. Cancel some that are not needed.`,
  },
  'last-administrator': {
    ja: 'この日に有効なポータル管理者が1人もいなくなるユーザーグループです。ほかのポータル管理者を追加してから予定してください。',
    en: 'On that day no active portal administrator would be left in this group. Put another one into it first.',
  },
  gone: {
    ja: 'ユーザーまたはユーザーグループが削除されたため、予定していません。',
    en: 'The user or the group was deleted, so nothing was planned.',
  },
}
