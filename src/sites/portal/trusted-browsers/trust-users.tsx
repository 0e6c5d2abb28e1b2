import { z } from 'zod'
import { menuLabels } from '#sites/frame/guide-labels.ts'
import { findTrustSettings, setUserTrust, trustUserList } from '#features/trusted-browsers/settings.ts'
import { rowId } from '#platform/form.ts'
import { Button, ButtonRow } from '#platform/ui/form/button.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { PageTabs } from '#platform/ui/layout/page-tabs.tsx'
import { mostChosen } from '#platform/ui/list/chosen-ids.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { settingPerUserWords } from '../administration/setting-words.ts'
import { Person } from '../users/person.tsx'
import { trustTitle, trustWords } from './words.ts'

const words = {
  ...settingPerUserWords,
  ...trustWords,
  title: trustTitle,
  menu: menuLabels.forAdministrators,
  off: {
    ja: '全ユーザーの設定が「許可しない」のため、どのユーザーもスキップできません。',
    en: 'As it is not allowed for all users, nobody can skip the second step.',
  },
  on: {
    ja: '全ユーザーの設定は「許可する」です。ユーザーごとに「許可しない」にできます。',
    en: 'It is allowed for all users. For each it can be set not to be.',
  },
  answer: { ja: 'スキップ', en: 'Skipping' },
  setting: { ja: '設定', en: 'Setting' },
  chosen: {
    ja: 'チェックを付けたユーザーが対象です。「許可しない」にしたユーザーのブラウザは、すべて解除されます。',
    en: 'This is about the users you have ticked. Not allowed, it ends in all of their browsers.',
  },
  done: {
    ja: (n: number) => `${n}名のユーザーの設定を変更しました。`,
    en: (n: number) => (n === 1 ? 'The setting of one user was changed.' : `The settings of ${n} users were changed.`),
  },
}

const answers = { allowed: true, 'not-allowed': false, 'as-all': null } as const

/** 2段階認証スキップ設定, ユーザごとの設定 */
export const trustUsersPage = portal.list({
  path: paths.trustUsers,
  allow: 'portal-administrator',
  isClosedToLooks: true,
  words,
  section: 'administration',
  from: trustUserList,
  async load(ctx, _asked, read) {
    const [list, settings] = await Promise.all([read(undefined), findTrustSettings(ctx)])
    return { list, settings }
  },
  form: {
    user: { label: words.user, value: z.array(rowId).max(mostChosen), many: true },
    task: { label: words.task, value: z.enum(['allowed', 'not-allowed', 'as-all']) },
  },
  check: ({ input, words: text }) => (input.user.length === 0 ? problemAt('user', text.noneChosen) : undefined),
  critical: {
    async submit(ctx, { input: { user: ids, task }, words: text }) {
      const changed = await setUserTrust(ctx, { ids, may: answers[task] })
      return redirect(paths.trustUsers, { notice: text.done(changed) })
    },
  },
  heading: ({ words: text, reader: { language } }) => (
    <>
      <Breadcrumb language={language} trail={[{ label: text.menu, href: paths.administration }]} current={text.title} />
      <PageHeading heading={text.title} />
      <PageTabs
        label={text.tabs}
        tabs={[
          { label: text.all, href: paths.trustedBrowsers, isCurrent: false },
          { label: text.perUser, href: paths.trustUsers, isCurrent: true },
        ]}
      />
    </>
  ),
  // The first rows come first.
  below: ({ data: { settings }, words: text }) => <p class="small-text">{settings.isOn ? text.on : text.off}</p>,
  chips: { answer: { labels: { allowed: words.allowed, 'not-allowed': words['not-allowed'] } } },
  columns: {
    name: {
      header: true,
      long: true,
      cell: (user) => <Person {...user} />,
    },
    answer: {
      phone: 'beside',
      cell: ({ may }, { words: text }) => (may ? text.allowed : text['not-allowed']),
    },
    setting: { cell: ({ own }, { words: text }) => (own === null ? text.asAll : text.own) },
    browsers: { number: true, phone: 'labelled', cell: ({ browsers }) => browsers },
  },
  choose: {
    field: 'user',
    formId: 'trust-users',
    id: ({ id }) => id,
    label: ({ name, mail }, { words: text }) => text.choose(`${name} ${mail}`),
    buttons: ({ words: text }) => (
      <ButtonRow>
        <Button kind="secondary" small name="task" value="allowed">
          {text.allowed}
        </Button>
        <Button kind="secondary" small name="task" value="not-allowed">
          {text['not-allowed']}
        </Button>
        <Button kind="secondary" small name="task" value="as-all">
          {text.asAll}
        </Button>
      </ButtonRow>
    ),
  },
})
