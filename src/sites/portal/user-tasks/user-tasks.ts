import { endByAdministrator } from '#features/sessions/end-by-administrator.ts'
import { unlock } from '#features/users/let-in.ts'
import { removeUser } from '#features/users/remove.ts'
import { resendNotice } from '#features/users/resend-notice.ts'
import { resetFactor } from '#features/users/factor.ts'
import { resumeUser, suspendUser } from '#features/users/suspend.ts'
import { done } from '#platform/outcome.ts'
import { paths } from '../paths.ts'
import type { PortalPath } from '../site.tsx'
import { userTaskPage } from './user-task.tsx'

/** What can be done about one user, each with a page that asks first. */
export const userTaskPages: readonly PortalPath[] = [
  userTaskPage({
    path: paths.suspendUser,
    words: {
      title: { ja: 'ユーザーの一時停止', en: 'Suspend the user' },
      question: {
        ja: '以下のユーザーを一時停止しますか？　再開するまで、ログインできません。',
        en: 'Suspend this user? Until resumed, the user cannot log in.',
      },
      button: { ja: '一時停止する', en: 'Suspend' },
      done: { ja: (name) => `${name}さんを一時停止しました。`, en: (name) => `${name} was suspended.` },
    },
    isOffered: ({ state }) => state !== 'suspended',
    keepsOut: 'with-rights',
    critical: suspendUser,
  }),
  userTaskPage({
    path: paths.resumeUser,
    words: {
      title: { ja: 'ユーザーの再開', en: 'Resume the user' },
      question: {
        ja: '以下のユーザーの一時停止を解除しますか？　登録が済んでいないユーザーには、案内メールを送信します。',
        en: 'End the suspension of this user? Whoever has not registered yet is sent the opening notice.',
      },
      button: { ja: '再開する', en: 'Resume' },
      done: { ja: (name) => `${name}さんの利用を再開しました。`, en: (name) => `${name} can use the portal again.` },
    },
    isOffered: ({ state }) => state === 'suspended',
    critical: resumeUser,
  }),
  userTaskPage({
    path: paths.deleteUser,
    words: {
      title: { ja: 'ユーザーの削除', en: 'Delete the user' },
      question: {
        ja: '以下のユーザーを削除しますか？　この操作は元に戻せません。履歴には名前が残ります。',
        en: 'Delete this user? This cannot be undone. The name stays in the histories.',
      },
      button: { ja: '削除する', en: 'Delete' },
      done: { ja: (name) => `${name}さんを削除しました。`, en: (name) => `${name} was deleted.` },
    },
    isOffered: () => true,
    keepsOut: 'with-rights',
    leadsToList: true,
    critical: removeUser,
  }),
  userTaskPage({
    path: paths.resetFactor,
    words: {
      title: { ja: '第2段階認証のリセット', en: 'Reset the second step' },
      question: {
        ja: '以下のユーザーの第2段階認証をリセットしますか？　第1パスワードとリカバリーコードも無効になり、設定し直すためのURLがメールで送信されます。',
        en: 'Reset the second step of this user? Password and recovery codes are void too, and a URL to set all of it up again is mailed.',
      },
      button: { ja: 'リセットする', en: 'Reset' },
      done: {
        ja: (name) => `${name}さんの第2段階認証をリセットし、設定用のURLを送信しました。`,
        en: (name) => `The second step of ${name} was reset, and a URL to set it up was sent.`,
      },
    },
    // Whoever is suspended could not use the URL.
    isOffered: ({ isRegistered, state }) => isRegistered && state !== 'suspended',
    keepsOut: 'until-set-anew',
    critical: resetFactor,
  }),
  userTaskPage({
    path: paths.resendNotice,
    words: {
      title: { ja: '案内メールの再送', en: 'Send the opening notice again' },
      question: {
        ja: '以下のユーザーに、パスワード登録の案内メールを再送しますか？　これまでのURLは使えなくなります。',
        en: 'Send this user the mail to set a password again? The former URL will no longer work.',
      },
      button: { ja: '再送する', en: 'Send again' },
      done: {
        ja: (name) => `${name}さんに案内メールを再送しました。`,
        en: (name) => `The notice was sent to ${name} again.`,
      },
    },
    isOffered: ({ state, stage }) => state === 'awaiting-registration' && stage === 'running',
    run: resendNotice,
  }),
  userTaskPage({
    path: paths.unlockUser,
    words: {
      title: { ja: 'ロックの解除', en: 'Unlock the user' },
      question: {
        ja: '以下のユーザーのロックを解除しますか？　すぐにログインできるようになります。',
        en: 'Unlock this user, who can then log in at once?',
      },
      button: { ja: 'ロックを解除する', en: 'Unlock' },
      done: { ja: (name) => `${name}さんのロックを解除しました。`, en: (name) => `${name} was unlocked.` },
    },
    isOffered: ({ state }) => state === 'locked',
    run: unlock,
  }),
  userTaskPage({
    path: paths.signOutUser,
    words: {
      title: { ja: '強制ログアウト', en: 'Log the user out' },
      question: {
        ja: '以下のユーザーのログイン中のブラウザを、すべてログアウトしますか？　ユーザーにはメールでお知らせします。',
        en: 'End all open logins of this user, who is told by mail?',
      },
      button: { ja: '強制ログアウトする', en: 'Log out' },
      done: { ja: (name) => `${name}さんをログアウトしました。`, en: (name) => `${name} was logged out.` },
    },
    isOffered: ({ sessions }) => sessions > 0,
    async critical(ctx, user) {
      await endByAdministrator(ctx, { userId: user.id })
      return done()
    },
  }),
]
