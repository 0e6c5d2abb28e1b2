import { z } from 'zod'
import { menuLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { findAddressLimit } from '#features/address-limits/find.ts'
import { limitedUserList } from '#features/address-limits/limited-users.ts'
import { rowId } from '#platform/form.ts'
import { Button, ButtonRow } from '#platform/ui/form/button.tsx'
import { RadioField } from '#platform/ui/form/field.tsx'
import { Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { PageTabs } from '#platform/ui/layout/page-tabs.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { idsText, mostChosen } from '#platform/ui/list/chosen-ids.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { settingPerUserWords } from '../administration/setting-words.ts'
import { Person } from '../users/person.tsx'
import { TrialNotice } from './trial-notice.tsx'
import { limitsTitle, limitWords, tabWords } from './words.ts'

const words = {
  ...settingPerUserWords,
  ...tabWords,
  ...limitWords,
  title: limitsTitle,
  menu: menuLabels.forAdministrators,
  about: {
    ja: (limited: number, users: number) =>
      `全${users}名のうち${limited}名が「制限あり」です。「制限あり」のユーザーは、許可するIPアドレスからのみ利用できます。`,
    en: (limited: number, users: number) =>
      `Restricted users: ${limited} of ${users}. They can use the portal from the allowed addresses alone.`,
  },
  off: {
    ja: 'いまは「制限しない」設定のため、「制限あり」のユーザーもどこからでも利用できます。',
    en: 'As the restriction is off, restricted users, too, have access from anywhere.',
  },
  mail: userLabels.mailAddress,
  state: { ja: '制限', en: 'Restriction' },
  outside: { ja: '一覧の外からのログイン（30日間）', en: 'Logins from outside of the list (30 days)' },
  none: { ja: 'なし', en: 'None' },
  chosen: {
    ja: 'チェックを付けたユーザーが対象です。対象になるのは、この画面に表示されている方だけです。',
    en: 'This is about the users you have ticked on this page.',
  },
  makeLimited: { ja: '制限ありにする', en: 'Restrict' },
  makeUnlimited: { ja: '制限なしにする', en: 'Do not restrict' },
  everybody: { ja: '全員に適用', en: 'Apply to all' },
  allLimited: { ja: '全員を制限ありにする', en: 'Restrict everybody' },
  allUnlimited: { ja: '全員を制限なしにする', en: 'Restrict nobody' },
  newUsers: { ja: '新しく追加するユーザー', en: 'Users who are added' },
  change: { ja: '変更する', en: 'Change' },
}

/** アクセス制限設定, ユーザごとの設定 */
export const limitedUsersPage = portal.list({
  path: paths.limitedUsers,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  from: limitedUserList,
  async load(ctx, _asked, read) {
    const [list, limit] = await Promise.all([read(undefined), findAddressLimit(ctx)])
    return { list, limit }
  },
  form: {
    user: { label: words.user, value: z.array(rowId).max(mostChosen), many: true },
    task: { label: words.task, value: z.enum(['limited', 'unlimited', 'all-limited', 'all-unlimited']) },
  },
  async submit(_ctx, { input: { user, task }, words: text }) {
    if (task === 'all-limited' || task === 'all-unlimited')
      return redirect(hrefOf(paths.setLimitedUsers, { to: task.slice('all-'.length), all: 'true' }))
    if (user.length === 0) return problemAt('user', text.noneChosen)
    return redirect(hrefOf(paths.setLimitedUsers, { to: task, users: idsText(user) }))
  },
  heading: ({ data: { limit }, words: text, reader, tokenFor }) => (
    <>
      <Breadcrumb
        language={reader.language}
        trail={[{ label: text.menu, href: paths.administration }]}
        current={text.title}
      />
      {limit.trial && <TrialNotice trial={limit.trial} reader={reader} tokenFor={tokenFor} />}
      <PageHeading heading={text.title} />
      <PageTabs
        label={text.tabs}
        tabs={[
          { label: text.networks, href: paths.addressLimits, isCurrent: false },
          { label: text.perUser, href: paths.limitedUsers, isCurrent: true },
        ]}
      />
    </>
  ),
  chips: { state: { labels: limitWords } },
  columns: {
    name: {
      header: true,
      long: true,
      cell: (user) => <Person {...user} />,
      csv: ({ name }) => name,
    },
    mail: { csv: ({ mail }) => mail },
    state: {
      phone: 'beside',
      cell: ({ isLimited }, { words: text }) => (isLimited ? text.limited : text.unlimited),
      csv: ({ isLimited }, language) => words[isLimited ? 'limited' : 'unlimited'][language],
    },
    outside: {
      long: true,
      phone: 'labelled',
      cell: ({ outside }, { words: text }) =>
        outside.length === 0 ? text.none : <span {...untranslated}>{outside.join(', ')}</span>,
      csv: ({ outside }) => outside.join(', '),
    },
  },
  csv: paths.limitedUsersCsv,
  choose: {
    field: 'user',
    formId: 'limited-users',
    id: ({ id }) => id,
    label: ({ name, mail }, { words: text }) => text.choose(`${name} ${mail}`),
    buttons: ({ words: text }) => (
      <ButtonRow>
        <Button kind="secondary" small name="task" value="limited">
          {text.makeLimited}
        </Button>
        <Button kind="secondary" small name="task" value="unlimited">
          {text.makeUnlimited}
        </Button>
      </ButtonRow>
    ),
  },
  // The first rows come first.
  below: ({ data: { limit }, form, words: text, reader: { language }, tokenFor }) => (
    <>
      <p class="small-text">
        {text.about(limit.limited, limit.users)} {!limit.isOn && text.off}
      </p>
      <Section heading={text.everybody}>
        <Form form={form} layout="plain">
          <ButtonRow>
            <Button kind="secondary" small name="task" value="all-limited">
              {text.allLimited}
            </Button>
            <Button kind="secondary" small name="task" value="all-unlimited">
              {text.allUnlimited}
            </Button>
          </ButtonRow>
        </Form>
      </Section>
      <Section heading={text.newUsers}>
        <Form form={{ action: paths.newUsersLimit, token: tokenFor(paths.newUsersLimit) }}>
          <RadioField
            form={{ ...form, values: { newUsers: limit.limitsNewUsers ? 'limited' : 'unlimited' }, problems: [] }}
            name="newUsers"
            label={text.state}
            language={language}
            options={[
              { value: 'limited', label: text.limited },
              { value: 'unlimited', label: text.unlimited },
            ]}
          />
          <ButtonRow>
            <Button kind="secondary" small>
              {text.change}
            </Button>
          </ButtonRow>
        </Form>
      </Section>
    </>
  ),
})
