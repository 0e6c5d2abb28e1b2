import type { SecondYesKind, SecondYesProblem, SecondYesState } from '#features/staff/second-yes.ts'
import type { Phrase } from '#platform/words.ts'

export const kindWords: Record<SecondYesKind, Phrase> = {
  'factor-reset': { ja: '第2段階認証のリセット', en: 'Reset of a second step' },
  'administrator-made': { ja: 'ポータル管理者への変更', en: 'A user becomes portal administrator' },
  'administrator-added': { ja: 'ポータル管理者の追加', en: 'A new portal administrator' },
  'staff-added': { ja: '担当者の追加', en: 'A new member of staff' },
  'staff-roles': { ja: '担当者の役割の変更', en: 'Other roles of a member' },
  'staff-resumed': { ja: '担当者の再開', en: 'A member comes back' },
  'notice-published': { ja: 'お知らせの公開', en: 'A notice to many' },
}

export const stateWords: Record<SecondYesState, Phrase> = {
  waiting: { ja: '承認待ち', en: 'Awaits a second yes' },
  over: { ja: '期限切れ', en: 'Too late' },
  declined: { ja: '却下', en: 'Declined' },
  approved: { ja: '承認済み（まもなく実行）', en: 'Approved, done within a minute' },
  delayed: { ja: '承認済み（予告期間中）', en: 'Approved, done after a day’s notice' },
  done: { ja: '実行済み', en: 'Done' },
  stopped: { ja: '中止', en: 'Stopped' },
}

/** Why what was approved was not done. */
export const problemWords: Record<SecondYesProblem, Phrase> = {
  'asker-may-not': {
    ja: '依頼した担当者に、依頼に必要な役割がなくなっていました。必要な場合は、役割のある担当者がもう一度依頼してください。',
    en: 'Who asked no longer has the role for it. Somebody who has it can ask again.',
  },
  'decider-may-not': {
    ja: '承認した担当者に、セキュリティの役割がなくなっていました。必要な場合は、もう一度依頼してください。',
    en: 'Who approved it no longer has the role for security. Ask again.',
  },
  changed: {
    ja: '依頼のあとに、対象が変更されていました。内容を確認して、もう一度依頼してください。',
    en: 'What it is about was changed after it was asked for. Look at what is there now, then ask again.',
  },
  'signed-in': {
    ja: '依頼のあとに、対象のユーザーがログインしました。本人に状況を確認してください。',
    en: 'The user has logged in since it was asked for. Ask the user how things are.',
  },
  'not-possible': {
    ja: '対象のいまの状態では、実行できませんでした。状態を確認して、もう一度依頼してください。',
    en: 'It cannot be done as things are now. Look at the state, then ask again.',
  },
  'address-taken': {
    ja: 'メールアドレスが、すでに登録されていました。別のメールアドレスで、もう一度依頼してください。',
    en: 'A user has the email address already. Ask again with another one.',
  },
  'too-late': { ja: '期限を過ぎていました。もう一度依頼してください。', en: 'It was too late. Ask again.' },
}
