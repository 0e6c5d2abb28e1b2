import { z } from 'zod'
import type { CallGroup } from '#features/call-groups/call-group.ts'
import type { GroupPlan, GroupProblem } from '#features/call-groups/save.ts'
import { callGroupName, groupKind, mostMembers } from '#features/call-groups/values.ts'
import { insideNumber, ringSeconds } from '#features/inside-numbers/values.ts'
import type { Line } from '#features/lines/open.ts'
import { onwardKinds } from '#features/onward/onward.ts'
import type { FormValues } from '#platform/form.ts'
import { longestKeyword } from '#platform/list/keywords.ts'
import { typed } from '#platform/values.ts'
import { type Input, problemAt, type Problem } from '#platform/web/page.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { numberProblem } from '../extensions/extension-fields.tsx'
import { onwardProblems } from '../parts/onward-problems.ts'
import { onwardText } from '../parts/onward-words.ts'

export const groupWords = {
  number: { ja: '代表番号', en: 'Group number' },
  name: { ja: 'グループ名', en: 'Group name' },
  kind: { ja: '着信方式', en: 'How it rings' },
  ringSeconds: { ja: '呼び出し時間（秒）', en: 'Rings for (seconds)' },
  onward: { ja: 'だれも出ないとき', en: 'When nobody answers' },
  onwardTo: { ja: 'だれも出ないときの番号', en: 'Number when nobody answers' },
  members: { ja: 'メンバー（鳴る順）', en: 'Members, in the order in which they ring' },
  paused: { ja: '一時停止', en: 'Paused' },
  keyword: { ja: '追加する内線を探す', en: 'Find extensions to add' },
  do: { ja: '操作', en: 'Action' },
}

/** The fields of a group, for adding and editing alike. Members stand in their order. */
export const groupFields = {
  number: { label: groupWords.number, value: insideNumber, example: '6000' },
  name: { label: groupWords.name, value: typed(callGroupName) },
  kind: { label: groupWords.kind, value: groupKind },
  ringSeconds: { label: groupWords.ringSeconds, value: ringSeconds, example: '15（5〜120）' },
  onward: { label: groupWords.onward, value: z.enum(onwardKinds) },
  onwardTo: { label: groupWords.onwardTo, value: z.string().max(100).optional() },
  member: { label: groupWords.members, value: z.array(z.string().max(8)).max(200), many: true },
  paused: { label: groupWords.paused, value: z.array(z.string().max(8)).max(200), many: true },
  q: { label: groupWords.keyword, value: z.string().max(longestKeyword).optional() },
  do: { label: groupWords.do, value: z.string().max(20).optional(), carried: true },
} as const

/** What was typed, as the group that it would be. */
export function planIn(input: Input<typeof groupFields>): GroupPlan {
  const { number, name, kind, ringSeconds: seconds, onward, onwardTo = '', member, paused } = input
  return {
    number,
    name,
    kind,
    ringSeconds: seconds,
    afterwards: { kind: onward, number: onwardTo },
    members: member.map((each) => ({ number: each, isPaused: paused.includes(each) })),
  }
}

export function groupValues({ number, name, kind, ringSeconds: seconds, afterwards, members }: CallGroup): FormValues {
  return {
    number,
    name,
    kind,
    ringSeconds: String(seconds),
    onward: afterwards.kind,
    onwardTo: onwardText(afterwards),
    member: members.map((member) => member.number),
    paused: members.filter(({ isPaused }) => isPaused).map((member) => member.number),
  }
}

const problems = {
  'unknown-then': {
    ja: 'だれも出ないときの番号は、このご契約にありません。内線または着信グループの番号を確認して入力してください。',
    en: 'The number for when nobody answers is not in this contract. Enter an extension or a call group.',
  },
  'then-itself': {
    ja: 'だれも出ないときの番号に、このグループ自身は指定できません。別の番号を入力してください。',
    en: 'A group cannot lead to itself. Enter another number.',
  },
  'unknown-member': {
    ja: 'メンバーの内線が、このご契約にありません。最新の状態を確認してください。',
    en: 'An extension among the members is not in this contract any more.',
  },
  'member-twice': {
    ja: '同じ内線が2回メンバーになっています。一方を外してください。',
    en: 'An extension is a member twice. Take one out.',
  },
  'too-many-members': {
    ja: `メンバーは${mostMembers}内線までです。メンバーを減らしてください。`,
    en: `A group has at most ${mostMembers} members.`,
  },
  'changed-meanwhile': {
    ja: '別の方が同じ着信グループを変更しています。現在の内容を確認してから、もう一度「適用する」を押してください。',
    en: 'Somebody else has changed the same call group. Look at what it is now, then press “Apply” again.',
  },
} satisfies Record<string, Phrase>

const fieldOf: Record<keyof typeof problems, string | undefined> = {
  'unknown-then': 'onwardTo',
  'then-itself': 'onwardTo',
  'unknown-member': 'member',
  'member-twice': 'member',
  'too-many-members': 'member',
  'changed-meanwhile': undefined,
}

function isOfGroup(problem: string): problem is keyof typeof problems {
  return problem in problems
}

/** Why a group was not saved, at its field; `typed` is where its calls were to go on to. */
export function groupProblem(
  problem: GroupProblem | 'too-many-today',
  { line, typed: to }: { line: Line; typed: string },
  language: Language,
): Problem {
  if (problem === 'number-taken' || problem === 'out-of-range' || problem === 'too-many')
    return problemAt('number', numberProblem(problem, line, language))
  if (isOfGroup(problem)) return problemAt(fieldOf[problem], problems[problem][language])
  return problemAt(problem === 'no-voicemail' ? 'onward' : 'onwardTo', onwardProblems[problem][language](to))
}
