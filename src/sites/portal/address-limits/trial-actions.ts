import { z } from 'zod'
import { confirmTrial, endTrial, setLimitsNewUsers } from '#features/address-limits/trial.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { limitWords } from './words.ts'

const words = {
  ...limitWords,
  'trial-over': {
    ja: '試行はすでに終わり、元の設定に戻っています。',
    en: 'The trial is over already; the former settings apply.',
  },
  confirmTitle: { ja: 'アクセス制限設定の確定', en: 'Confirm the access restriction' },
  confirmed: { ja: 'アクセス制限設定を確定しました。', en: 'The access restriction was confirmed.' },
  ended: { ja: 'アクセス制限設定を元に戻しました。', en: 'The former access restriction applies again.' },
  newUsers: { ja: '新しく追加するユーザー', en: 'Users who are added' },
  newUsersTitle: { ja: '新しく追加するユーザーの設定', en: 'Setting for users who are added' },
  newUsersSet: {
    ja: '新しく追加するユーザーの設定を変更しました。',
    en: 'The setting for users who are added was changed.',
  },
}

/** Target of 「確定する」. */
export const confirmTrialAction = portal.action({
  path: paths.confirmAddressTrial,
  allow: 'portal-administrator',
  words,
  back: paths.addressLimits,
  critical: {
    title: words.confirmTitle,
    async submit(ctx, { words: text }) {
      const confirmed = await confirmTrial(ctx)
      return redirect(paths.addressLimits, { notice: confirmed.ok ? text.confirmed : text[confirmed.problem] })
    },
  },
})

/** Target of 「元に戻す」: nobody has to show anything to make it as it was. */
export const endTrialAction = portal.action({
  path: paths.endAddressTrial,
  allow: 'portal-administrator',
  words,
  back: paths.addressLimits,
  async submit(ctx, { words: text }) {
    const ended = await endTrial(ctx)
    return redirect(paths.addressLimits, { notice: ended.ok ? text.ended : text[ended.problem] })
  },
})

/** Target of the choice for users who are added. */
export const newUsersLimitAction = portal.action({
  path: paths.newUsersLimit,
  allow: 'portal-administrator',
  words,
  form: { newUsers: { label: words.newUsers, value: z.enum(['limited', 'unlimited']) } },
  back: paths.limitedUsers,
  critical: {
    title: words.newUsersTitle,
    async submit(ctx, { input, words: text }) {
      await setLimitsNewUsers(ctx, input.newUsers === 'limited')
      return redirect(paths.limitedUsers, { notice: text.newUsersSet })
    },
  },
})
