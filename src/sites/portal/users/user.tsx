import type { Route } from '#platform/web/paths.ts'
import type { ComponentChildren } from 'preact'
import { groupLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { findGiven, type Given } from '#features/user-groups/given.ts'
import { findLock, type Lock } from '#features/sign-in/locked.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { findUser, type User } from '#features/users/user.ts'
import { zoneLabel } from '#platform/time/format.ts'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Columns } from '#platform/ui/layout/section.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import { PlannedGroups } from './planned-groups.tsx'
import { plannedTitle } from './planned-words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { LoneAdministrator } from './lone-administrator.tsx'
import { Abilities } from './abilities.tsx'
import { LockNotice } from './lock-notice.tsx'
import { UserLinks } from './user-links.tsx'
import { RefusedAddress } from '#sites/frame/states/refused-address.tsx'
import { UserStateMark } from '#sites/frame/states/user-state.tsx'
import { periodShown } from './period.tsx'
import {
  factorWord,
  groupWord,
  kanaLabel,
  lastLoginLabel,
  listTitle,
  periodLabels,
  roleWords,
  stateLabel,
} from './words.ts'

const words = {
  ...userLabels,
  list: listTitle,
  edit: groupLabels.edit,
  suspend: { ja: '一時停止する', en: 'Suspend' },
  resume: { ja: '再開する', en: 'Resume' },
  remove: { ja: '削除する', en: 'Delete' },
  state: stateLabel,
  resend: { ja: '再送する', en: 'Send again' },
  unlock: { ja: 'ロックを解除する', en: 'Unlock' },
  signOut: { ja: '強制ログアウト', en: 'Log out' },
  reset: { ja: 'リセットする', en: 'Reset' },
  changeMail: { ja: '変更する', en: 'Change' },
  validUntil: { ja: '登録用URLの有効期限', en: 'The URL is valid until' },
  expired: { ja: '有効期限が切れています', en: 'It has expired' },
  toBeConfirmed: {
    ja: 'への変更は、確認を待っています。',
    en: 'is to be the new one, and awaits confirmation.',
  },
  effective: { ja: '契約ごとの有効な権限を確認する', en: 'See the rights for each contract' },
  lastLogin: lastLoginLabel,
  sessions: { ja: 'ログイン中のブラウザ', en: 'Open logins' },
  pieces: { ja: (n: number) => `${n}件`, en: (n: number) => String(n) },
  none: { ja: 'なし', en: 'None' },
  nothing: groupLabels.nothing,
  kana: kanaLabel,
  planned: plannedTitle,
  period: periodLabels.period,
}

interface Data {
  user: User
  given: Given[]
  lock: Lock | undefined
  isSelf: boolean
  isPinned: boolean
}

/** A user, and what can be done about one. */
export const userPage = portal.page({
  path: paths.user,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, asked): Promise<Data | typeof notFound> {
    const user = await findUser(ctx, asked.params.id)
    if (!user) return notFound
    const given = await findGiven(
      ctx,
      user.groups.map(({ id }) => id),
    )
    const lock = user.state === 'locked' ? await findLock(ctx, user.id) : undefined
    const pinned = await isPinned(ctx, { kind: 'user', id: user.id })
    return { user, given, lock, isSelf: user.id === ctx.actor.userId, isPinned: pinned }
  },
  about: ({ user: { id } }) => ({ kind: 'user', id }),
  title: ({ data: { user } }) => user.name,
  view(view) {
    const { data, words: text, reader } = view
    const { user, given } = data
    const { language } = reader
    return (
      <>
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.users }]} current={user.name} />
        <PageHeading heading={user.name} lead={<MailAddress mail={user.mail} />} actions={<Actions {...view} />} />
        {data.lock && <LockNotice lock={data.lock} userId={user.id} reader={reader} />}
        {user.isLastAdministrator && <LoneAdministrator language={language} isOnSomeDay />}
        <Columns count={2}>
          <Panel heading={text.basics}>
            <Facts facts={basics(view)} />
          </Panel>
          <Panel heading={text.details}>
            <Facts facts={details(view)} />
          </Panel>
        </Columns>
        <Abilities
          given={given}
          isAdministrator={user.role === 'portal-administrator'}
          isShutOut={user.state === 'suspended' || user.stage !== 'running'}
          language={language}
        >
          <a href={paths.rightsOfUser({ id: user.id })}>{text.effective}</a>
        </Abilities>
        <UserLinks user={user} language={language} />
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Actions(view: Shown) {
  const { data, words: text } = view
  const { user, isSelf } = data
  const at = (path: Route<'id'>): string => path({ id: user.id })
  const isSuspended = user.state === 'suspended'
  return (
    <>
      <PinButton view={view} thing={{ kind: 'user', id: user.id }} isPinned={data.isPinned} />
      <ButtonLink kind="secondary" small icon="edit" href={at(paths.editUser)}>
        {text.edit}
      </ButtonLink>
      {!isSelf && (
        <ButtonLink kind="quiet" small href={at(isSuspended ? paths.resumeUser : paths.suspendUser)}>
          {isSuspended ? text.resume : text.suspend}
        </ButtonLink>
      )}
      {!isSelf && (
        <ButtonLink kind="quiet" small href={at(paths.deleteUser)}>
          {text.remove}
        </ButtonLink>
      )}
    </>
  )
}

interface Row {
  term: string
  value: ComponentChildren
}

function basics({ data: { user, isSelf }, words: text, reader }: Shown): Row[] {
  const { language, timeZone: zone, now } = reader
  const way = (label: string, path: Route<'id'>) => <a href={path({ id: user.id })}>{label}</a>
  const time = (at: Date) => <Time at={at} zone={zone} language={language} now={now} />
  const awaits = user.state === 'awaiting-registration'
  const canRegister = awaits && user.stage === 'running'
  const canReset = user.isRegistered && user.state !== 'suspended' && !isSelf
  return [
    {
      term: text.state,
      value: (
        <>
          <UserStateMark state={user.state} stage={user.stage} notice={user.notice} language={language} />{' '}
          {canRegister && way(text.resend, paths.resendNotice)}
          {user.state === 'locked' && way(text.unlock, paths.unlockUser)}
        </>
      ),
    },
    ...(user.beginsOn || user.endsOn ? [{ term: text.period, value: periodShown(user, { language, now }) }] : []),
    ...(canRegister
      ? [{ term: text.validUntil, value: user.urlExpiresAt ? time(user.urlExpiresAt) : text.expired }]
      : []),
    {
      term: text.mailAddress,
      value: (
        <>
          <MailAddress mail={user.mail} /> {way(text.changeMail, paths.userMail)}
          {user.mailRefusedAt && <RefusedAddress since={user.mailRefusedAt} reader={reader} />}
          {user.newMail && (
            <p class="small-text">
              <MailAddress mail={user.newMail} /> {text.toBeConfirmed}
            </p>
          )}
        </>
      ),
    },
    { term: text.kana, value: user.kana || text.nothing },
    { term: text.phone, value: user.phone },
    {
      term: text.secondFactor,
      value: (
        <>
          {factorWord(user.secondFactor, language)} {canReset && way(text.reset, paths.resetFactor)}
        </>
      ),
    },
    { term: text.role, value: roleWords[user.role][language] },
    { term: text.lastLogin, value: user.lastSignInAt ? time(user.lastSignInAt) : text.none },
    {
      term: text.sessions,
      value: (
        <>
          {text.pieces(user.sessions)} {user.sessions > 0 && !isSelf && way(text.signOut, paths.signOutUser)}
        </>
      ),
    },
  ]
}

function details({ data: { user }, words: text, reader: { language, now } }: Shown): Row[] {
  return [
    {
      term: text.mailLanguage,
      value: <span lang="en">{user.mailLanguage === 'ja' ? text.japanese : text.english}</span>,
    },
    { term: text.timeZone, value: `${zoneLabel(user.timeZone, language, now)} ${user.timeZone}` },
    { term: text.position, value: user.jobTitle || text.nothing },
    { term: text.mobilePhone, value: user.mobilePhone || text.nothing },
    { term: text.comment, value: user.comment || text.nothing },
    { term: text.mobileThresholdMail, value: user.mobileThresholdMail ? text.receive : text.doNotReceive },
    {
      term: text.groups,
      value:
        user.groups.length === 0
          ? text.none
          : user.groups.map((group) => (
              <div key={group.id}>
                <a href={paths.userGroup({ id: group.id })}>{groupWord(group, language)}</a>
              </div>
            )),
    },
    { term: text.planned, value: <PlannedGroups user={user} language={language} now={now} /> },
  ]
}
