import { mostCopied } from '#features/line-copies/candidates.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'

export const copyFormWords = {
  titleOf: {
    ja: (name: string): string => `「${name}」をほかのご契約にも適用する`,
    en: (name: string): string => `Apply “${name}” to other contracts`,
  },
  where: { ja: '適用するご契約', en: 'Which contracts' },
  what: { ja: '適用する内容', en: 'What is applied' },
  keyword: { ja: 'ご契約を探す', en: 'Find contracts' },
  keywordHint: {
    ja: 'ご契約番号・拠点・メモの一部を入力します。編集の権限があるご契約だけを表示します。',
    en: 'Part of a contract number, site or memo. Only contracts that you may edit are shown.',
  },
  find: { ja: '探す', en: 'Find' },
  contracts: { ja: 'ご契約', en: 'Contracts' },
  everything: {
    ja: (count: string): string => `見つかった${count}件のご契約すべてに適用する`,
    en: (count: string): string => `All ${count} contracts that were found`,
  },
  nothingFound: { ja: '条件に合うご契約がありません。', en: 'No contract matches.' },
  more: {
    ja: `${mostCopied}件より多くのご契約があります。キーワードで絞り込んでください。一度に適用できるのは${mostCopied}件までです。`,
    en: `There are more than ${mostCopied} contracts. Narrow them by a keyword: at most ${mostCopied} at once.`,
  },
  also: { ja: 'あわせて適用する内容', en: 'What else is applied' },
  do: { ja: '操作', en: 'Action' },
  try: { ja: '適用できるか試す', en: 'Try it' },
  apply: { ja: '適用する', en: 'Apply' },
  cancel: userLabels.cancel,
  effect: {
    ja: 'ご契約ごとに1件の変更になり、ご契約ごとに元に戻せます。適用できないご契約は変更しません。',
    en: 'Each contract gets a change of its own, which can be undone there. Where it cannot be applied nothing is changed.',
  },
  tried: { ja: '試した結果（まだ適用していません）', en: 'What would become of it (not applied yet)' },
  nothingChosen: {
    ja: 'ご契約が選択されていません。適用するご契約を選択してください。',
    en: 'No contract is chosen. Choose those to which it is to be applied.',
  },
  foundAnew: {
    ja: 'キーワードが変わったため、ご契約を表示し直しました。内容を確認して、もう一度選択してください。',
    en: 'The keyword has changed, so other contracts are shown. Look at them, then choose once more.',
  },
  tooMany: {
    ja: `一度に適用できるのは${mostCopied}件までです。ご契約を減らしてください。`,
    en: `At most ${mostCopied} contracts at once. Choose fewer.`,
  },
}
