import { z } from 'zod'
import { menuLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { findCustomerIdleTime } from '#features/idle-times/customer.ts'
import { idleTimes, idleTimesUpTo } from '#features/idle-times/idle-times.ts'
import { setUserIdleTimes, userIdleTimes } from '#features/idle-times/users.ts'
import { rowId } from '#platform/form.ts'
import { Button, ButtonRow } from '#platform/ui/form/button.tsx'
import { SelectField } from '#platform/ui/form/field.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { PageTabs } from '#platform/ui/layout/page-tabs.tsx'
import { mostChosen } from '#platform/ui/list/chosen-ids.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { settingPerUserWords } from '../administration/setting-words.ts'
import { Person } from '../users/person.tsx'
import { idleTimeTitle, idleTimeWords, minutesWord } from './words.ts'

const words = {
  ...settingPerUserWords,
  ...idleTimeWords,
  title: idleTimeTitle,
  menu: menuLabels.forAdministrators,
  about: {
    ja: (n: number) => `全ユーザーの設定は${n}分です。ユーザーごとに、それより短くできます。`,
    en: (n: number) => `${n} minutes are set for all users. Each user can have less.`,
  },
  mail: userLabels.mailAddress,
  kind: { ja: '設定', en: 'Setting' },
  chosen: {
    ja: 'チェックを付けたユーザーのタイムアウト時間を変更します。対象になるのは、この画面に表示されている方だけです。',
    en: 'This changes the timeout of the users you have ticked on this page.',
  },
  apply: { ja: '変更する', en: 'Change' },
  done: {
    ja: (n: number) => `${n}名のユーザーのタイムアウト時間を変更しました。`,
    en: (n: number) => (n === 1 ? 'The timeout of one user was changed.' : `The timeouts of ${n} users were changed.`),
  },
}

/** セッションタイムアウト設定, ユーザごとの設定 */
export const userIdleTimesPage = portal.list({
  path: paths.userIdleTimes,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  from: userIdleTimes,
  async load(ctx, _asked, read) {
    const [list, customer] = await Promise.all([read(undefined), findCustomerIdleTime(ctx)])
    return { list, customer }
  },
  form: {
    user: { label: words.user, value: z.array(rowId).max(mostChosen), many: true },
    minutes: {
      label: words.time,
      value: z.union([z.literal('customers'), z.coerce.number().pipe(z.literal(idleTimes))]),
      chosen: true,
    },
  },
  check: ({ input, words: text }) => (input.user.length === 0 ? problemAt('user', text.noneChosen) : undefined),
  critical: {
    async submit(ctx, { input: { user: ids, minutes }, words: text }) {
      const set = await setUserIdleTimes(ctx, { ids, minutes: minutes === 'customers' ? null : minutes })
      if (!set.ok) return problemAt('minutes', text[set.problem], set)
      return redirect(paths.userIdleTimes, { notice: text.done(set.value) })
    },
  },
  heading: ({ words: text, reader: { language } }) => (
    <>
      <Breadcrumb language={language} trail={[{ label: text.menu, href: paths.administration }]} current={text.title} />
      <PageHeading heading={text.title} />
      <PageTabs
        label={text.tabs}
        tabs={[
          { label: text.all, href: paths.idleTimes, isCurrent: false },
          { label: text.perUser, href: paths.userIdleTimes, isCurrent: true },
        ]}
      />
    </>
  ),
  // The first rows come first.
  below: ({ data: { customer }, words: text }) => <p class="small-text">{text.about(customer.minutes)}</p>,
  chips: { kind: { labels: { own: words.own, customers: words.asAll } } },
  columns: {
    name: {
      header: true,
      long: true,
      cell: (user) => <Person {...user} />,
      csv: ({ name }) => name,
    },
    mail: { csv: ({ mail }) => mail },
    time: {
      phone: 'beside',
      cell: ({ minutes }, { language }) => minutesWord(minutes, language),
      csv: ({ minutes }, language) => minutesWord(minutes, language),
    },
    kind: {
      cell: ({ own }, { words: text }) => (own === null ? text.asAll : text.own),
      csv: ({ own }, language) => words[own === null ? 'asAll' : 'own'][language],
    },
  },
  csv: paths.userIdleTimesCsv,
  choose: {
    field: 'user',
    formId: 'idle-times',
    id: ({ id }) => id,
    label: ({ name, mail }, { words: text }) => text.choose(`${name} ${mail}`),
    buttons: ({ data: { customer }, form, words: text, reader: { language } }) => (
      <>
        <SelectField
          form={form}
          name="minutes"
          label={text.time}
          language={language}
          options={[
            { value: 'customers', label: text.customers(customer.minutes) },
            ...idleTimesUpTo(customer.minutes).map((each) => ({
              value: String(each),
              label: minutesWord(each, language),
            })),
          ]}
        />
        <ButtonRow>
          <Button kind="secondary" small>
            {text.apply}
          </Button>
        </ButtonRow>
      </>
    ),
  },
})
