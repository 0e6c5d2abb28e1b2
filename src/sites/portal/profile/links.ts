import type { FrameLink } from '#sites/frame/brand.tsx'
import { rightsTitle } from '../effective-rights/words.ts'
import { paths } from '../paths.ts'

export const profileWords = {
  profile: { ja: 'プロフィール', en: 'Profile' },
  password: { ja: 'パスワードの変更', en: 'Change password' },
  sessions: { ja: 'ログイン中のブラウザ', en: 'Where you are logged in' },
  recoveryCodes: { ja: 'リカバリーコード', en: 'Recovery codes' },
  mails: { ja: 'メール通知', en: 'Mail notifications' },
  display: { ja: '表示設定', en: 'Display' },
  trusted: { ja: 'スキップ中のブラウザ', en: 'Browsers that skip the second step' },
  idleTime: { ja: 'セッションタイムアウト', en: 'Session timeout' },
}

/** The pages of the profile, beside each of them. */
export const profileLinks: FrameLink[] = [
  { label: profileWords.profile, href: paths.profile },
  { label: profileWords.password, href: paths.password },
  { label: profileWords.sessions, href: paths.sessions },
  { label: profileWords.trusted, href: paths.ownTrusted },
  { label: profileWords.recoveryCodes, href: paths.recoveryCodes },
  { label: profileWords.mails, href: paths.mailWishes },
  { label: profileWords.display, href: paths.display },
  { label: profileWords.idleTime, href: paths.ownIdleTime },
  { label: rightsTitle, href: paths.ownRights },
]
