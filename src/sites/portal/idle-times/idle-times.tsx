import { z } from 'zod'
import { menuLabels } from '#sites/frame/guide-labels.ts'
import { findCustomerIdleTime, setCustomerIdleTime } from '#features/idle-times/customer.ts'
import { idleTimes } from '#features/idle-times/idle-times.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CheckField, RadioField, SelectField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { PageTabs } from '#platform/ui/layout/page-tabs.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { lastChangeOf } from '../histories/last-change.ts'
import { settingForAllWords } from '../administration/setting-words.ts'
import { idleTimeTitle, idleTimeWords, minutesWord } from './words.ts'

const words = {
  ...settingForAllWords,
  ...idleTimeWords,
  title: idleTimeTitle,
  menu: menuLabels.forAdministrators,
  lead: {
    ja: '操作がないまま設定した時間が過ぎると、自動でログアウトします。',
    en: 'Whoever does nothing for as long is logged out.',
  },
  mayShorten: { ja: '一般ユーザーによる変更', en: 'Change by general users' },
  may: { ja: '変更可', en: 'Allowed' },
  mayNot: { ja: '変更不可', en: 'Not allowed' },
  mayHint: {
    ja: '変更可にすると、上の時間を上限に、プロフィールで各自が短くできます。',
    en: 'When allowed, each of them can choose a shorter time in the profile.',
  },
  toAll: {
    ja: '同時に全ユーザのタイムアウト時間をこの値に変更',
    en: 'At the same time, set the timeout of all users to this value',
  },
  shorter: {
    ja: (n: number, users: number) => `全${users}名のうち${n}名が、この時間より短く設定されています。`,
    en: (n: number, users: number) => `Users who have a shorter one: ${n} of ${users}.`,
  },
  effect: {
    ja: 'ログイン中のユーザーにも、次の操作から適用されます。',
    en: 'It counts for open logins, too, from the next request on.',
  },
  done: { ja: 'セッションタイムアウト設定を変更しました。', en: 'The session timeout was changed.' },
}

const minutesOf = z.coerce.number().pipe(z.literal(idleTimes))

/** セッションタイムアウト設定, 全ユーザ */
export const idleTimesPage = portal.page({
  path: paths.idleTimes,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  load: findCustomerIdleTime,
  form: {
    minutes: { label: words.time, value: minutesOf, chosen: true },
    mayShorten: { label: words.mayShorten, value: z.enum(['may', 'mayNot']) },
    toAll: { label: words.toAll, value: z.literal('on').optional() },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  initial: ({ minutes, mayShorten, version }) => ({
    minutes: String(minutes),
    mayShorten: mayShorten ? 'may' : 'mayNot',
    version: String(version),
  }),
  changedBy: (ctx) =>
    lastChangeOf(ctx, { kind: 'customer', id: ctx.actor.customer.id, actions: ['idle-time-changed'] }),
  said: {
    minutes: (value, { language }) => minutesWord(Number(value), language),
    mayShorten: (value, { language }) => words[value === 'may' ? 'may' : 'mayNot'][language],
  },
  critical: {
    async submit(ctx, { input: { minutes, mayShorten, toAll, version }, words: text }) {
      const change = { minutes, mayShorten: mayShorten === 'may', appliesToAll: toAll === 'on', version }
      const changed = await setCustomerIdleTime(ctx, change)
      if (!changed.ok) return problemAt(undefined, text[changed.problem], changed)
      return redirect(paths.idleTimes, { notice: text.done })
    },
  },
  title: ({ words: text }) => text.title,
  view({ data, form, words: text, reader: { language } }) {
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[{ label: text.menu, href: paths.administration }]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={text.lead} />
        <PageTabs
          label={text.tabs}
          tabs={[
            { label: text.all, href: paths.idleTimes, isCurrent: true },
            { label: text.perUser, href: paths.userIdleTimes, isCurrent: false },
          ]}
        />
        <Form form={form} layout="page" guard>
          <input type="hidden" name="version" value={data.version} />
          <SelectField
            form={form}
            width="medium"
            name="minutes"
            label={text.time}
            language={language}
            mark="required"
            hint={text.limit}
            options={idleTimes.map((each) => ({ value: String(each), label: minutesWord(each, language) }))}
          />
          <RadioField
            form={form}
            name="mayShorten"
            label={text.mayShorten}
            language={language}
            mark="required"
            hint={text.mayHint}
            options={[
              { value: 'may', label: text.may },
              { value: 'mayNot', label: text.mayNot },
            ]}
          />
          <CheckField
            form={form}
            name="toAll"
            label={text.toAll}
            language={language}
            hint={data.shorter > 0 ? text.shorter(data.shorter, data.users) : undefined}
          />
          <CommitBar effect={text.effect}>
            <ButtonLink kind="secondary" href={paths.administration}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.apply}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})
