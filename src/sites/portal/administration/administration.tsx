import { stateWords } from '#sites/frame/states/user-state-words.ts'
import { menuLabels } from '#sites/frame/guide-labels.ts'
import { countAwaiting } from '#features/order-requests/count-awaiting.ts'
import { countStaged, type StagedCount } from '#features/user-groups/count-staged.ts'
import { type Attention, findAttention } from '#features/users/attention.ts'
import { endingWithin, noGroup } from '#features/users/list.ts'
import { Card } from '#platform/ui/layout/card.tsx'
import { hrefOf, type ListQuery } from '#platform/ui/list/list-query.tsx'
import { StatusLine } from '#platform/ui/text/status-line.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { LoneAdministrator } from '../users/lone-administrator.tsx'
import { stagedHref } from '../user-groups/staged-notice.tsx'
import { stagedLabel } from '../user-groups/words.ts'
import { quiet } from '../users/user-scope.ts'
import { administrationLinks } from './links.ts'

const words = {
  title: menuLabels.forAdministrators,
  lead: {
    ja: '御社のポータル管理者の方だけが開くことのできる画面です。',
    en: 'Only the portal administrators of your company can open this page.',
  },
  toSee: { ja: '確認が必要なもの', en: 'To be seen to' },
  nothing: { ja: '確認が必要なユーザーや変更、申請はありません。', en: 'There is nothing to be seen to.' },
  requests: { ja: '承認待ちの申請', en: 'Requests awaiting approval' },
  people: { ja: (what: string, n: number) => `${what} ${n}名`, en: (what: string, n: number) => `${what}: ${n}` },
  pieces: { ja: (what: string, n: number) => `${what} ${n}件`, en: (what: string, n: number) => `${what}: ${n}` },
  locked: stateWords.locked,
  staged: stagedLabel,
  expired: { ja: '登録用URLの期限切れ', en: 'URL expired' },
  awaiting: stateWords['awaiting-registration'],
  groupless: { ja: 'グループなし', en: 'In no group' },
  ending: { ja: `利用終了まで${endingWithin}日以内`, en: `Last day of use within ${endingWithin} days` },
  quiet: { ja: '90日以上ログインなし', en: 'Not logged in for 90 days' },
}

interface Data {
  users: Attention
  staged: StagedCount
  /** Requests that await this administrator's approval. */
  requests: number
}

/** ポータル管理者向け */
export const administrationPage = portal.page({
  path: paths.administration,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx): Promise<Data> {
    const [users, staged, requests] = await Promise.all([findAttention(ctx), countStaged(ctx), countAwaiting(ctx)])
    return { users, staged, requests }
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { users, staged, requests }, words: text, reader: { language } }) => (
    <>
      <PageHeading heading={text.title} lead={text.lead} />
      <ToSee users={users} staged={staged} requests={requests} language={language} />
      {users.administrators === 1 && <LoneAdministrator language={language} />}
      <Columns count={2}>
        {administrationLinks.map(({ heading, links }) => (
          <Section heading={heading[language]} key={heading.ja} ruled>
            {links.map((link) => (
              <Card key={link.href} heading={link.label[language]} href={link.href} icon={link.icon}>
                {link.text[language]}
              </Card>
            ))}
          </Section>
        ))}
      </Columns>
    </>
  ),
})

/** What there is to see to, the most urgent first, each with where it is done. */
function ToSee({ users, staged, requests, language }: Data & { language: Language }) {
  const text = inLanguage(words, language)
  const each = [
    {
      n: users.locked,
      label: text.people(text.locked, users.locked),
      href: usersBy({ state: 'locked' }),
      isTrouble: true,
    },
    { n: staged.changes, label: text.pieces(text.staged, staged.changes), href: stagedHref(staged), isTrouble: true },
    {
      n: requests,
      label: text.pieces(text.requests, requests),
      href: hrefOf(paths.requests, { state: 'awaiting-approval' }),
    },
    { n: users.expired, label: text.people(text.expired, users.expired), href: paths.resendExpired },
    {
      n: users.awaiting,
      label: text.people(text.awaiting, users.awaiting),
      href: usersBy({ state: 'awaiting-registration' }),
    },
    { n: users.ending, label: text.people(text.ending, users.ending), href: usersBy({ period: 'ending' }) },
    { n: users.groupless, label: text.people(text.groupless, users.groupless), href: usersBy({ group: noGroup }) },
    { n: users.quiet, label: text.people(text.quiet, users.quiet), href: usersBy({ login: quiet }) },
  ]
  const items = each
    .filter(({ n }) => n > 0)
    .map(({ href, label, isTrouble }) => ({ href, label: isTrouble ? <Badge kind="trouble">{label}</Badge> : label }))
  if (items.length === 0) return <p class="small-text">{text.nothing}</p>
  return <StatusLine heading={text.toSee} items={items} />
}

function usersBy(query: ListQuery): string {
  return hrefOf(paths.users, query)
}
