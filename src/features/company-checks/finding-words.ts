import type { Finding } from '#features/line-checks/find.ts'
import type { FindingKind } from '#features/line-checks/findings.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import type { Language, Phrase } from '#platform/words.ts'

/** What is found, why it matters, and what mends it: of what it is about and the numbers it leads through. */
const sentences: Record<FindingKind, Phrase<(about: string, path: string) => string>> = {
  'number-without-target': {
    ja: (about) => `${about} に着信先がありません。着信しても、どの電話機も鳴りません。着信先を設定してください。`,
    en: (about) => `${about} has no target: no telephone rings. Bind it to one.`,
  },
  'number-to-disabled': {
    ja: (about, path) =>
      `${about} の着信先の内線 ${path} は無効です。着信しても鳴りません。内線を有効にするか、着信先を変更してください。`,
    en: (about, path) =>
      `${about} leads to the disabled extension ${path}, which does not ring. Enable it or bind another.`,
  },
  'group-without-phones': {
    ja: (about) =>
      `着信グループ ${about} に、鳴る電話機がありません。メンバーを追加するか、一時停止を解除してください。`,
    en: (about) => `No telephone rings in the call group ${about}. Add members, or end their pause.`,
  },
  loop: {
    ja: (_, path) =>
      `転送が一周して戻っています（${path}）。だれも出ないと、途中で切れます。どこかの着信先を変更してください。`,
    en: (_, path) =>
      `Calls come back to where they were (${path}) and end without an answer. Change one of the targets.`,
  },
  'plan-cut': {
    ja: (about, path) =>
      `${about} への着信は、途中で打ち切られます（${path}）。転送は3段、呼び出しは64回までです。着信先の順番を短くしてください。`,
    en: (about, path) =>
      `A call to ${about} is given up on the way (${path}): it may be passed on three times and ring 64 times. Make the way shorter.`,
  },
  'group-then-disabled': {
    ja: (about, path) =>
      `着信グループ ${about} でだれも出ないときの内線 ${path} は無効です。内線を有効にするか、別の番号に変更してください。`,
    en: (about, path) =>
      `When nobody answers in ${about}, the disabled extension ${path} is meant to ring. Enable it or choose another.`,
  },
  'number-ended': {
    ja: (about, path) =>
      `解約済みの ${about} が、まだ使われています${path && `（${path}）`}。着信先や発信者番号を別の番号に変更してください。`,
    en: (about, path) => `${about} has ended and is still in use${path && ` (${path})`}. Use another number instead.`,
  },
  'outside-is-own': {
    ja: (about, path) =>
      `${about} の外線の転送先 ${path} は、このご契約の番号です。内線または着信グループを指定してください。`,
    en: (about, path) =>
      `${about} passes calls on to ${path}, which is a number of this contract. Choose the extension or group instead.`,
  },
  'calendar-always-closed': {
    ja: (about) => `営業時間「${about}」は、これから30日間ずっと休みです。営業時間を確認してください。`,
    en: (about) => `The business hours “${about}” stay closed for the next 30 days. Check them.`,
  },
  'holidays-unset': {
    ja: (about) =>
      `営業時間「${about}」に、来年の特定日（年末年始など）がまだありません。休みにする日を登録してください。`,
    en: (about) =>
      `The business hours “${about}” have no special days for next year, such as New Year. Add the days off.`,
  },
  'override-lasts': {
    ja: (about) => `営業時間「${about}」の臨時の設定が、1日より長く続きます。`,
    en: (about) => `The exception for the business hours “${about}” lasts for longer than a day.`,
  },
  'extension-unreached': {
    ja: (about) => `内線 ${about} は、どの外線番号・着信グループ・転送からも鳴りません（内線どうしでは鳴ります）。`,
    en: (about) =>
      `The extension ${about} is reached by other extensions only: no number, group or forward leads to it.`,
  },
}

export function findingSentence({ kind, about, number, name, path }: Omit<Finding, 'id'>, language: Language): string {
  const subject = about === 'number' ? hyphened(number) : `${number} ${name}`.trim()
  const way = path.map((each) => (each.startsWith('0') ? hyphened(each) : each))
  return sentences[kind][language](subject, way.join(kind === 'loop' || kind === 'plan-cut' ? ' → ' : ', '))
}
