import { z } from 'zod'
import { menuLabels } from '#sites/frame/guide-labels.ts'
import { trustedBrowserList } from '#features/trusted-browsers/list.ts'
import { findTrustSettings, setTrust, type TrustSettings } from '#features/trusted-browsers/settings.ts'
import type { FormView } from '#platform/form.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CheckField, RadioField } from '#platform/ui/form/field.tsx'
import { CommitBar, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { PageTabs } from '#platform/ui/layout/page-tabs.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import type { In, Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { lastChangeOf } from '../histories/last-change.ts'
import { settingForAllWords } from '../administration/setting-words.ts'
import { trustTitle, trustWords } from './words.ts'

const words = {
  ...settingForAllWords,
  ...trustWords,
  title: trustTitle,
  caption: trustWords.browsers,
  menu: menuLabels.forAdministrators,
  isOn: { ja: '2段階認証のスキップ', en: 'Skipping the second step' },
  hint: {
    ja: 'ユーザーや権限の変更など、重要な操作では、スキップ中でも第二認証を求めます。',
    en: 'Critical changes ask for the second factor all the same.',
  },
  toAll: { ja: '同時に全ユーザーを変更', en: 'At the same time, change all users' },
  own: {
    ja: (n: number) => `ユーザーごとの設定がある${n}名も、この設定に従います。`,
    en: (n: number) => `Users with a setting of their own (${n}) then have this one, too.`,
  },
  effect: {
    ja: '「許可しない」にすると、スキップ中のブラウザはすべて解除されます。',
    en: 'Not allowed, it ends in all browsers that skip it now.',
  },
  done: { ja: '2段階認証スキップ設定を変更しました。', en: 'The setting was changed.' },
  none: { ja: 'スキップ中のブラウザはありません', en: 'No browser skips the second step' },
  noneText: {
    ja: '許可すると、第二認証の画面に、本人が選ぶためのチェックボックスが表示されます。',
    en: 'Where it is allowed, the second step has a box for users to tick.',
  },
  noMatch: { ja: '条件に合うブラウザがありません', en: 'No browser matches' },
}

/** 2段階認証スキップ設定, 全ユーザ */
export const trustedBrowsersPage = portal.list({
  path: paths.trustedBrowsers,
  allow: 'portal-administrator',
  isClosedToLooks: true,
  words,
  section: 'administration',
  from: trustedBrowserList,
  async load(ctx, _asked, read) {
    const [list, settings] = await Promise.all([read(undefined), findTrustSettings(ctx)])
    return { list, settings }
  },
  form: {
    isOn: { label: words.isOn, value: z.enum(['allowed', 'not-allowed']) },
    toAll: { label: words.toAll, value: z.literal('on').optional() },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  initial: ({ settings: { isOn, version } }) => ({ isOn: isOn ? 'allowed' : 'not-allowed', version: String(version) }),
  changedBy: (ctx) =>
    lastChangeOf(ctx, { kind: 'customer', id: ctx.actor.customer.id, actions: ['browser-trust-changed'] }),
  said: { isOn: (value, { language }) => words[value === 'allowed' ? 'allowed' : 'not-allowed'][language] },
  critical: {
    async submit(ctx, { input: { isOn, toAll, version }, words: text }) {
      const changed = await setTrust(ctx, { isOn: isOn === 'allowed', appliesToAll: toAll === 'on', version })
      if (!changed.ok) return problemAt(undefined, text[changed.problem], changed)
      return redirect(paths.trustedBrowsers, { notice: text.done })
    },
  },
  heading: ({ data: { settings }, form, words: text, reader: { language } }) => (
    <>
      <Breadcrumb language={language} trail={[{ label: text.menu, href: paths.administration }]} current={text.title} />
      <PageHeading heading={text.title} lead={text.lead} />
      <PageTabs
        label={text.tabs}
        tabs={[
          { label: text.all, href: paths.trustedBrowsers, isCurrent: true },
          { label: text.perUser, href: paths.trustUsers, isCurrent: false },
        ]}
      />
      <Settings settings={settings} form={form} text={text} language={language} />
      <h2>{text.browsers}</h2>
    </>
  ),
  empty: ({ words: text }) => (
    <EmptyState icon="shield" heading={text.none}>
      {text.noneText}
    </EmptyState>
  ),
  columns: {
    user: {
      header: true,
      long: true,
      cell: ({ user }) => <a href={paths.user({ id: user.id })}>{user.name}</a>,
      csv: ({ user }) => user.name,
    },
    browser: {
      long: true,
      cell: ({ browser }, { words: text }) => browser || text.unknown,
      csv: ({ browser }) => browser,
    },
    ip: { long: true, phone: 'hidden', cell: ({ ip }) => <span {...untranslated}>{ip}</span>, csv: ({ ip }) => ip },
    confirmed: {
      phone: 'labelled',
      cell: ({ confirmedAt }, { time }) => time(confirmedAt),
      csvTime: ({ confirmedAt }) => confirmedAt,
    },
    'last-used': {
      phone: 'labelled',
      cell: ({ lastUsedAt }, { time }) => time(lastUsedAt),
      csvTime: ({ lastUsedAt }) => lastUsedAt,
    },
    ends: { phone: 'labelled', cell: ({ endsAt }, { time }) => time(endsAt, 'date'), csvTime: ({ endsAt }) => endsAt },
    action: {
      phone: 'end',
      cell: ({ id, user, browser }, { words: text, tokenFor }) => (
        <Form form={{ action: paths.endTrust, token: tokenFor(paths.endTrust) }} layout="plain">
          <input type="hidden" name="browser" value={id} />
          <Button kind="secondary" small label={text.endOf(user.name, browser || text.unknown)}>
            {text.end}
          </Button>
        </Form>
      ),
    },
  },
  csv: paths.trustedBrowsersCsv,
})

interface SettingsProps {
  settings: TrustSettings
  form: FormView
  text: In<typeof words>
  language: Language
}

function Settings({ settings, form, text, language }: SettingsProps) {
  return (
    <Form form={form} layout="page" guard>
      <input type="hidden" name="version" value={settings.version} />
      <RadioField
        form={form}
        name="isOn"
        label={text.isOn}
        language={language}
        mark="required"
        hint={text.hint}
        options={[
          { value: 'allowed', label: text.allowed },
          { value: 'not-allowed', label: text['not-allowed'] },
        ]}
      />
      <CheckField
        form={form}
        name="toAll"
        label={text.toAll}
        language={language}
        hint={settings.ownAnswers > 0 ? text.own(settings.ownAnswers) : undefined}
      />
      <CommitBar effect={text.effect}>
        <ButtonLink kind="secondary" href={paths.administration}>
          {text.cancel}
        </ButtonLink>
        <Button>{text.apply}</Button>
      </CommitBar>
    </Form>
  )
}
