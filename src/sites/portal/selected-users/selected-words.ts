import { userLabels } from '#sites/frame/guide-labels.ts'
import { type LeftReason, mostEach, type Tally } from '#features/users/selected.ts'
import { formatList } from '#platform/ui/text/list-format.ts'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import type { UserTask } from '../users/selected-tasks.ts'
import { administratorProblems, emptyGroupLabel, listTitle, periodLabels, periodReversed } from '../users/words.ts'

export const selectedWords = {
  beginsOn: periodLabels.beginsOn,
  endsOn: periodLabels.endsOn,
  list: listTitle,
  chosen: {
    ja: (n: number): string => `${n}名のユーザーが選択されています。`,
    en: (n: number): string => (n === 1 ? 'One user is chosen.' : `${n} users are chosen.`),
  },
  'put-in-group': { ja: 'グループの権限が、すぐに与えられます。', en: 'They have the rights of the group at once.' },
  'take-out-of-group': {
    ja: 'グループの権限が、すぐになくなります。',
    en: 'They lose the rights of the group at once.',
  },
  move: {
    ja: '移動元のグループの権限がなくなり、移動先のグループの権限が、すぐに与えられます。',
    en: 'They lose the rights of the one group and have those of the other at once.',
  },
  period: {
    ja: '入力した日を、全員に設定します。空欄の日は変更しません。',
    en: 'The days typed are set for all of them. A day left empty stays as it is.',
  },
  noDay: {
    ja: '利用開始日か利用終了日のどちらかを入力してください。',
    en: 'Enter the first or the last day of use.',
  },
  reversed: periodReversed,
  resend: {
    ja: '登録待ちのユーザーに案内メールを再送します。これまでのURLは使えなくなります。',
    en: 'Whoever awaits registration is sent the notice again. Former URLs no longer work.',
  },
  suspend: {
    ja: '再開するまでログインできません。ログイン中のブラウザもログアウトされます。',
    en: 'Until resumed they cannot log in. Open logins end.',
  },
  delete: {
    ja: 'ログイン中のブラウザもすぐにログアウトされます。この操作は元に戻せません。履歴には名前が残ります。',
    en: 'Open logins end at once. This cannot be undone. The names stay in the histories.',
  },
  people: {
    ja: (n: number): string => `${n}名が対象です。`,
    en: (n: number): string => `For ${n === 1 ? 'one user' : `${n} users`}.`,
  },
  leftOut: {
    ja: (names: string): string => `対象にならないユーザー：${names}`,
    en: (names: string): string => `Left out: ${names}`,
  },
  nobody: { ja: '対象になるユーザーがいません', en: 'There is nobody to do this for' },
  tooMany: {
    ja: `一度に処理できるのは${mostEach}名までです。選択を減らしてから、もう一度操作してください。`,
    en: `This can be done for ${mostEach} users at a time. Choose fewer, then try again.`,
  },
  notice: { ja: 'ご確認ください', en: 'Please note' },
  back: { ja: 'ユーザーを選び直す', en: 'Choose other users' },
  group: userLabels.groups,
  from: { ja: '移動元のグループ', en: 'From' },
  to: { ja: '移動先のグループ', en: 'To' },
  see: { ja: '対象者を確認する', en: 'See who is concerned' },
  choose: userLabels.choose,
  chooseOne: {
    ja: 'グループを選択すると、変わる権限を確認できます。',
    en: 'Choose a group to see which rights change.',
  },
  chooseBoth: {
    ja: '移動元と移動先のグループを選択すると、変わる権限を確認できます。',
    en: 'Choose the group to move from and the one to move to, to see which rights change.',
  },
  cancel: userLabels.cancel,
  users: { ja: '対象のユーザー', en: 'Users' },
  emptiesGroup: emptyGroupLabel,
  mustConfirm: administratorProblems['last-in-automatic-group'],
  done: {
    ja: (n: number, all: number): string => `選択した${all}名のうち${n}名を処理しました。`,
    en: (n: number, all: number): string => `Done for ${n} of the ${all} chosen.`,
  },
  moved: {
    ja: (n: number, from: string, to: string): string => `${n}名を「${from}」から「${to}」へ移しました。`,
    en: (n: number, from: string, to: string): string =>
      `${n === 1 ? 'One user was' : `${n} users were`} moved from “${from}” to “${to}”.`,
  },
  left: {
    ja: (names: string): string => `処理できなかったユーザー：${names}`,
    en: (names: string): string => `Not done for: ${names}`,
  },
  because: {
    ja: (name: string, reason: string): string => `${name}（${reason}）`,
    en: (name: string, reason: string): string => `${name} (${reason})`,
  },
  more: { ja: (n: number): string => `ほか${n}名`, en: (n: number): string => `${n} more` },
}

export const taskTitles: Record<UserTask, Phrase> = {
  'put-in-group': { ja: 'ユーザーグループへの追加', en: 'Add users to a group' },
  move: { ja: '別のグループへの移動', en: 'Move users to another group' },
  'take-out-of-group': { ja: 'ユーザーグループからの取り外し', en: 'Take users out of a group' },
  period: { ja: '利用期間の設定', en: 'Set the period of use' },
  resend: { ja: '案内メールの再送', en: 'Send the opening notice again' },
  suspend: { ja: 'ユーザーの一時停止', en: 'Suspend users' },
  delete: { ja: 'ユーザーの削除', en: 'Delete users' },
}

const leftReasons: Record<LeftReason, Phrase> = {
  oneself: { ja: '自分自身', en: 'yourself' },
  'own-period': { ja: '自分自身', en: 'yourself' },
  'outside-period': { ja: '利用期間外', en: 'outside the period of use' },
  'period-reversed': { ja: '利用終了日が利用開始日より前になる', en: 'the last day would be before the first' },
  'not-awaiting': { ja: '登録待ちではない', en: 'does not await registration' },
  'last-administrator': {
    ja: '有効なポータル管理者がいない日ができる',
    en: 'there would be days without an active portal administrator',
  },
  'last-in-automatic-group': {
    ja: '全サービス参照編集権限グループの最後のポータル管理者',
    en: 'the last portal administrator in the group for all services',
  },
  'no-longer-administrator': { ja: '操作する方がポータル管理者でない', en: 'you are no longer an administrator' },
  'changed-meanwhile': { ja: '状態が変わった', en: 'the state has changed' },
}

/** As many as the cookie holds that carries the notice, names of a hundred characters included. */
const mostNamed = 3

/** Some of those left out, each with the reason, and how many more. */
export function leftNames(left: Tally['left'], language: Language): string {
  const text = inLanguage(selectedWords, language)
  const named = left.slice(0, mostNamed).map(({ name, reason }) => text.because(name, leftReasons[reason][language]))
  const more = left.length > mostNamed ? [text.more(left.length - mostNamed)] : []
  return formatList([...named, ...more], language)
}

/** What was done, and with whom it could not be done, and why. */
export function toldOf({ done, left }: Tally, language: Language): string {
  const text = inLanguage(selectedWords, language)
  const all = text.done(done.length, done.length + left.length)
  return left.length === 0 ? all : `${all} ${text.left(leftNames(left, language))}`
}
