import type { ComponentChildren } from 'preact'
import { findLock, type Lock } from '#features/sign-in/locked.ts'
import { readingFor } from '#features/staff/see-customer.ts'
import { findGiven, type Given } from '#features/user-groups/given.ts'
import { mayBeCorrected } from '#features/users/correct.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Columns } from '#platform/ui/layout/section.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import type { Route } from '#platform/web/paths.ts'
import { rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { RefusedAddress } from '#sites/frame/states/refused-address.tsx'
import { UserStateMark } from '#sites/frame/states/user-state.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { seeUser, type SeenUser } from './see-user.ts'
import { UserTrail } from './user-parts.tsx'

const words = {
  basics: userLabels.basics,
  rights: { ja: 'グループと有効な権限', en: 'Groups and what they give' },
  mail: userLabels.mailAddress,
  phone: { ja: '電話番号', en: 'Phone number' },
  role: userLabels.role,
  administrator: userLabels.portalAdministrator,
  general: userLabels.generalUser,
  state: { ja: '状態', en: 'State' },
  factor: userLabels.secondFactor,
  totp: userLabels.totp,
  mailOtp: userLabels.mailOtp,
  open: { ja: '初回ログインで選択', en: 'Chosen at the first login' },
  last: { ja: '最終ログイン', en: 'Last login' },
  sessions: { ja: 'ログイン中のブラウザ', en: 'Open logins' },
  groups: { ja: 'ユーザーグループ', en: 'User groups' },
  none: { ja: 'なし', en: 'None' },
  edit: rightLabels.edit,
  view: rightLabels.view,
  given: {
    ja: (level: string, contracts: number) => `${level}：${contracts.toLocaleString('ja-JP')}件`,
    en: (level: string, contracts: number) => `${level}: ${contracts.toLocaleString('en-GB')}`,
  },
  locked: { ja: 'ロックされています', en: 'Locked' },
  until: { ja: 'ロックの終わり：', en: 'Until ' },
  unlock: { ja: 'ロックを解除する', en: 'Unlock' },
  signOut: { ja: 'ログアウトさせる', en: 'Log out' },
  correct: { ja: '登録内容を直す', en: 'Correct' },
  resend: { ja: '案内メールを再送する', en: 'Send the notice again' },
  look: { ja: 'お客様画面を確認する', en: 'Look at the screens' },
  resetFactor: { ja: '第2段階認証のリセットを依頼する', en: 'Ask for a reset of the second step' },
  makeAdministrator: { ja: 'ポータル管理者への変更を依頼する', en: 'Ask to make administrator' },
}

interface Data extends SeenUser {
  lock: Lock | undefined
  given: Given[]
  mayAct: boolean
}

/** A user of a customer, and what staff can do for one. */
export const userPage = staffConsole.page({
  path: paths.user,
  allow: 'read',
  words,
  changesByLooking: true,
  async load(ctx, { params }): Promise<Data | typeof notFound> {
    const seen = await seeUser(ctx, params, paths.user(params))
    if (seen === notFound) return notFound
    const reading = readingFor(ctx, seen.customer)
    const groups = seen.user.groups.map(({ id }) => id)
    const [lock, given] = await Promise.all([findLock(reading, seen.user.id), findGiven(reading, groups)])
    return { ...seen, lock, given, mayAct: ctx.staff.roles.includes('support') }
  },
  title: ({ data: { user } }) => user.name,
  view(view) {
    const { data, words: text, reader } = view
    const { user, customer, lock } = data
    const { language, timeZone: zone, now } = reader
    return (
      <>
        <UserTrail user={user} customer={customer} language={language} />
        <PageHeading heading={user.name} lead={<MailAddress mail={user.mail} />} actions={<Actions {...view} />} />
        {lock && (
          <Notice kind="trouble" icon="lock" heading={text.locked}>
            {text.until}
            <Time at={lock.until} zone={zone} language={language} now={now} />
          </Notice>
        )}
        <Columns count={2}>
          <Panel heading={text.basics}>
            <Facts facts={basics(view)} />
          </Panel>
          <Panel heading={text.rights}>
            <Facts facts={rights(view)} />
          </Panel>
        </Columns>
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Actions({ data: { user, customer, lock, mayAct }, words: text }: Shown) {
  if (!mayAct) return null
  const at = (path: Route<'customer' | 'id'>): string => path({ customer: customer.id, id: user.id })
  const awaits = user.state === 'awaiting-registration'
  const actions: [boolean, string, Route<'customer' | 'id'>][] = [
    [mayBeCorrected(user), text.correct, paths.correctUser],
    [awaits && user.stage === 'running', text.resend, paths.resendNotice],
    [lock !== undefined, text.unlock, paths.unlockUser],
    [user.state === 'active' || user.state === 'locked', text.look, paths.viewUser],
    [user.sessions > 0, text.signOut, paths.signOutUser],
    [user.state === 'active' || user.state === 'locked', text.resetFactor, paths.resetUserFactor],
    [user.role === 'general-user' && user.state !== 'suspended', text.makeAdministrator, paths.makeAdministrator],
  ]
  return (
    <>
      {actions.map(
        ([isOffered, label, path]) =>
          isOffered && (
            <ButtonLink key={label} kind="secondary" small href={at(path)}>
              {label}
            </ButtonLink>
          ),
      )}
    </>
  )
}

interface ShownFact {
  term: string
  value: ComponentChildren
}

function basics({ data: { user }, words: text, reader }: Shown): ShownFact[] {
  const { timeZone: zone, language, now } = reader
  const factor = user.secondFactor === 'totp' ? text.totp : user.secondFactor ? text.mailOtp : text.open
  return [
    {
      term: text.state,
      value: <UserStateMark state={user.state} stage={user.stage} notice={user.notice} language={language} />,
    },
    ...(user.mailRefusedAt
      ? [{ term: text.mail, value: <RefusedAddress since={user.mailRefusedAt} reader={reader} /> }]
      : []),
    { term: text.phone, value: <span class="number">{user.phone}</span> },
    { term: text.role, value: user.role === 'portal-administrator' ? text.administrator : text.general },
    { term: text.factor, value: factor },
    {
      term: text.last,
      value: user.lastSignInAt ? <Time at={user.lastSignInAt} zone={zone} language={language} now={now} /> : text.none,
    },
    { term: text.sessions, value: user.sessions === 0 ? text.none : user.sessions },
  ]
}

function rights({ data: { user, given }, words: text, reader: { language } }: Shown): ShownFact[] {
  return [
    {
      term: text.groups,
      value: user.groups.map(({ name }) => name).join(language === 'ja' ? '、' : ', ') || text.none,
    },
    ...given.map(({ service, level, contracts }) => ({
      term: service[language],
      value: text.given(level === 'edit' ? text.edit : text.view, contracts),
    })),
  ]
}
