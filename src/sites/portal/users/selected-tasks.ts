import type { Phrase } from '#platform/words.ts'

/** What can be done with several users at once. */
export const userTasks = ['put-in-group', 'move', 'take-out-of-group', 'period', 'resend', 'suspend', 'delete'] as const
export type UserTask = (typeof userTasks)[number]

/** What their buttons say. */
export const taskWords: Record<UserTask, Phrase> = {
  'put-in-group': { ja: 'ユーザーグループへ追加する', en: 'Add to a user group' },
  move: { ja: '別のグループへ移す', en: 'Move to another group' },
  'take-out-of-group': { ja: 'ユーザーグループから外す', en: 'Take out of a user group' },
  period: { ja: '利用期間を設定する', en: 'Set the period of use' },
  resend: { ja: '案内メールを再送する', en: 'Send the opening notice again' },
  suspend: { ja: '一時停止する', en: 'Suspend' },
  delete: { ja: '削除する', en: 'Delete' },
}
