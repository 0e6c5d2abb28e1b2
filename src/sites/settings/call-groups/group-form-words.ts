import { onwardWords } from '../parts/onward-words.ts'
import { groupWords } from './group-fields.ts'

export const groupFormWords = {
  ...groupWords,
  how: { ja: '鳴らし方', en: 'How it rings' },
  simultaneous: { ja: '全員の電話機を同時に鳴らします', en: 'All telephones ring at the same time' },
  sequential: { ja: '毎回、上のメンバーから順に鳴らします', en: 'One after another, each time from the first member' },
  even: { ja: '前回鳴った人の次から順に鳴らします', en: 'One after another, from the one after whoever rang last' },
  secondsHint: {
    ja: '順次・均等では1人あたり、一斉では全員を呼び出す時間です（5〜120秒）。',
    en: 'Of each member in order and in turn, of all at once otherwise (5 to 120).',
  },
  ...onwardWords,
  onwardHint: {
    ja: '「切断する」のときは空のままにします。留守番電話は、内線番号を入力します。',
    en: 'Leave empty to end the call. For voicemail enter the extension.',
  },
  forwardsNote: {
    ja: 'メンバーの内線に設定されている転送は、このグループへの着信では働きません。',
    en: 'Forwards of the members do not apply to calls of the group.',
  },
  count: { ja: (count: number): string => `${count}名`, en: (count: number): string => `${count} in all` },
  position: { ja: '順番', en: 'Order' },
  extension: { ja: '内線', en: 'Extension' },
  memberName: { ja: '名前', en: 'Name' },
  move: { ja: '順番の変更', en: 'Move' },
  remove: { ja: '操作', en: 'Action' },
  up: { ja: '上へ', en: 'Up' },
  down: { ja: '下へ', en: 'Down' },
  out: { ja: '外す', en: 'Take out' },
  off: { ja: '無効', en: 'Disabled' },
  noMembers: {
    ja: 'メンバーがいません。内線を探して追加してください。',
    en: 'There are no members. Find extensions and add them.',
  },
  find: { ja: '探す', en: 'Find' },
  findHint: { ja: '番号、名前、カナの一部を入力します。', en: 'Part of a number, a name or its reading.' },
  putIn: { ja: '追加する', en: 'Add' },
  nobodyFound: { ja: '条件に合う内線がありません。', en: 'No extension matches.' },
  simulation: { ja: '着信シミュレーション', en: 'Call simulation' },
  simulationText: {
    ja: '適用する前に、上の設定でどの電話機がいつ鳴るかを確認できます。実際の電話は鳴りません。',
    en: 'See which telephone rings when, before you apply. No real telephone rings.',
  },
  preview: { ja: '鳴る順番を確認する', en: 'See what will ring' },
  incomplete: {
    ja: '入力内容に不足があるため、確認できません。代表番号、グループ名、呼び出し時間を確認してください。',
    en: 'Something is missing, so it cannot be seen. Check number, name and seconds.',
  },
}
