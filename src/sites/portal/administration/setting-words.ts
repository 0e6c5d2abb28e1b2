import { rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import type { Words } from '#platform/words.ts'

/** What pages say by which administrators set something for all users, and for some of them. */
export const settingWords = {
  tabs: { ja: '設定の対象', en: 'What is set' },
  all: { ja: '全ユーザ', en: 'All users' },
  perUser: { ja: 'ユーザごとの設定', en: 'Settings per user' },
} satisfies Words

export const settingForAllWords = {
  version: { ja: '版', en: 'Version' },
  cancel: userLabels.cancel,
  apply: rightLabels.apply,
  'changed-meanwhile': {
    ja: '設定がほかの方により変更されたため、適用していません。現在の設定を確認してから、もう一度適用してください。',
    en: 'The settings have changed meanwhile, so yours were not applied. Look at what they are now, then apply again.',
  },
} satisfies Words

/** Of a list whose users are ticked, to set it for them. */
export const settingPerUserWords = {
  unit: { ja: '名', en: '' },
  name: userLabels.name,
  user: { ja: 'ユーザー', en: 'User' },
  task: { ja: '操作', en: 'What to do' },
  own: { ja: 'ユーザごと', en: 'Own' },
  asAll: { ja: '全ユーザの設定', en: 'As for all' },
  noMatch: { ja: '条件に合うユーザーがいません', en: 'No user matches' },
  choose: { ja: (name: string): string => `${name}を選択する`, en: (name: string): string => `Choose ${name}` },
  noneChosen: {
    ja: 'ユーザーが選択されていません。対象のユーザーにチェックを付けてください。',
    en: 'No user is ticked. Tick those that it is about.',
  },
} satisfies Words
