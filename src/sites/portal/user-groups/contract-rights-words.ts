import { contractLabels, rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import type { Words } from '#platform/words.ts'

export const contractRightsWords = {
  lead: {
    ja: (group: string) => `ユーザグループ ${group} の契約ごとの権限設定（未指定 = 権限なし）`,
    en: (group: string) => `Rights of the user group ${group} per contract (not set = no right)`,
  },
  number: rightLabels.contractAndService,
  site: contractLabels.site,
  memo: contractLabels.memo,
  choice: rightLabels.choice,
  effective: { ja: '有効な権限', en: 'Resulting right' },
  caption: { ja: '契約ごとの権限', en: 'Rights per contract' },
  allMatching: {
    ja: (n: string) => `該当${n}件をすべて`,
    en: (n: string) => `All ${n} that match`,
  },
  choose: userLabels.choose,
  chooseLevel: { ja: '権限が選択されていません。権限を選択してください。', en: 'No right is chosen. Choose one.' },
  set: { ja: '設定する', en: 'Set' },
  version: { ja: '版', en: 'Version' },
  to: { ja: '次の画面', en: 'Next page' },
  cancel: userLabels.cancel,
  apply: rightLabels.apply,
  commit: {
    ja: (n: number) =>
      `${n > 0 ? `${n}件の変更があります。` : ''}「適用する」で前の画面に戻ります。そこで「適用する」を押すと反映されます。`,
    en: (n: number) =>
      `${n > 0 ? `${n === 1 ? 'One change is' : `${n} changes are`} waiting. ` : ''}“Apply” leads back; there, press “Apply” once more.`,
  },
  staged: {
    ja: (n: string) => `${n}件のご契約の権限を選びました。まだ反映されていません。`,
    en: (n: string) => `The right was chosen for ${n} contracts. It is not in force yet.`,
  },
  none: { ja: 'このサービスのご契約はありません', en: 'There are no contracts of this service' },
  noneText: {
    ja: 'ご契約が追加されると、ここで契約ごとの権限を設定できます。',
    en: 'Once there are contracts, you can set rights for each here.',
  },
  noMatch: { ja: '条件に合うご契約がありません', en: 'No contract matches' },
  noMatchText: {
    ja: 'キーワードを変えて、もう一度絞り込んでください。',
    en: 'Filter again with other keywords.',
  },
  clear: { ja: '絞り込みを解除する', en: 'Clear the filter' },
  back: { ja: '権限設定に戻る', en: 'Back to the rights' },
} satisfies Words
