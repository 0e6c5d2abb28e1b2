import { administratorLabels } from '#sites/frame/guide-labels.ts'
import type { WrongLine } from '#features/address-limits/entries.ts'
import type { TrialProblem } from '#features/address-limits/trial.ts'
import { trialLasts } from '#features/address-limits/trial.ts'
import { minutes } from '#platform/time/duration.ts'
import type { Phrase } from '#platform/words.ts'
import { settingWords } from '../administration/setting-words.ts'

export const limitsTitle: Phrase = administratorLabels.accessRules

const lasts = trialLasts / minutes

export const tabWords = {
  tabs: { ja: 'アクセス制限の対象', en: 'What the restriction is about' },
  networks: { ja: '許可するIPアドレス', en: 'Allowed IP addresses' },
  perUser: settingWords.perUser,
} satisfies Record<string, Phrase>

export const limitWords = {
  limited: { ja: '制限あり', en: 'Restricted' },
  unlimited: { ja: '制限なし', en: 'Not restricted' },
} satisfies Record<string, Phrase>

export const trialWords = {
  running: { ja: '試行中です', en: 'On trial' },
  effect: {
    ja: `適用すると、${lasts}分間の試行が始まります。試行中に「確定する」を押さないと、自動的に元の設定に戻ります。`,
    en: `It is in force for ${lasts} minutes on trial. Unless “Confirm” is pressed within them, the former settings apply again.`,
  },
  apply: { ja: '適用する', en: 'Apply' },
  begun: {
    ja: `新しい設定を適用し、${lasts}分間の試行を始めました。アクセスできることを確認して、「確定する」を押してください。`,
    en: `The new settings are in force on trial for ${lasts} minutes. See that you still have access, then press “Confirm”.`,
  },
  ownAddress: { ja: 'あなたのIPアドレスの入力', en: 'Type your own IP address' },
  ownAddressHint: {
    ja: (ip: string) =>
      `この設定では、あなた自身がいまのアクセス元（${ip}）から利用できなくなります。それでも適用するときだけ、このIPアドレスを入力してください。`,
    en: (ip: string) =>
      `With these settings you yourself can no longer use the portal from where you are (${ip}). Only if that is what you want, type this address.`,
  },
} satisfies Record<string, Phrase | Phrase<(text: string) => string>>

export const trialProblems = {
  'trial-running': {
    ja: '別の変更が試行中のため、適用できません。試行を「確定する」か「元に戻す」で終えてから、やり直してください。',
    en: 'Another change is on trial. End it first, by “Confirm” or “Undo”.',
  },
  'changed-meanwhile': {
    ja: '設定がほかの方により変更されたため、適用していません。現在の設定を確認してから、もう一度適用してください。',
    en: 'The settings have changed meanwhile, so yours were not applied. Look at what they are now, then apply again.',
  },
  'own-address-refused': {
    ja: 'あなた自身が利用できなくなるため、適用していません。いまのアクセス元を許可するか、確認のためにあなたのIPアドレスを入力してください。',
    en: 'You yourself would no longer have access, so nothing was applied. Allow the address you are at, or type it to confirm.',
  },
} satisfies Record<TrialProblem, Phrase>

export const lineProblems: Record<WrongLine['problem'], Phrase> = {
  'no-network': {
    ja: 'IPアドレスまたはCIDRの形式ではありません（例：203.0.113.0/24、2001:db8::/32）',
    en: 'is no IP address or CIDR block (such as 203.0.113.0/24 or 2001:db8::/32)',
  },
  'host-bits': {
    ja: 'ネットワークの先頭のアドレスではありません',
    en: 'is not the first address of its network',
  },
  shortened: { ja: '省略した書き方は使えません', en: 'is shortened, which programs read differently' },
  padded: { ja: '0で始まる書き方は使えません', en: 'has leading zeros, which programs read differently' },
  zone: { ja: '%の付いたアドレスは使えません', en: 'has a zone, which means nothing on another machine' },
  everything: { ja: 'すべてのアドレスになるため使えません', en: 'is all addresses there are' },
  'holds-nobody': {
    ja: '0.0.0.0を含むため使えません',
    en: 'holds 0.0.0.0, which stands for clients that cannot be told',
  },
  twice: { ja: '同じネットワークの行がすでにあります', en: 'is there already' },
  'too-long': { ja: '説明は100文字以内で入力してください', en: 'has a description of more than 100 characters' },
}
