import { z } from 'zod'
import { rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { rowVersion } from '#platform/form.ts'
import { type DisplaySettings, findDisplay, setDisplay } from '#features/users/own-profile.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CheckField, RadioField, SelectField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { zoneChoices } from '#platform/time/zones.ts'
import { timeZoneName } from '#platform/values.ts'
import { changedJustNow } from '#platform/web/meanwhile-words.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import type { Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { lastChangeOf } from '../histories/last-change.ts'
import { profileWords } from './links.ts'
import { ProfileBreadcrumb } from './profile-breadcrumb.tsx'

const words = {
  title: profileWords.display,
  language: { ja: '画面の言語', en: 'Language of the screens' },
  browsers: { ja: 'ブラウザの設定に従う', en: 'As the browser is set' },
  theme: { ja: '配色', en: 'Colours' },
  system: { ja: '端末の設定に従う', en: 'As the device is set' },
  light: { ja: 'ライト', en: 'Light' },
  dark: { ja: 'ダーク', en: 'Dark' },
  timeZone: userLabels.timeZone,
  timeZoneHint: {
    ja: '画面とメールの時刻は、このタイムゾーンで表示されます。',
    en: 'Times on screens and in mails are shown in this zone.',
  },
  shortcuts: { ja: '「/」キーで検索欄へ移動する', en: 'The key “/” moves to the search box' },
  version: { ja: '版', en: 'Version' },
  apply: rightLabels.apply,
  cancel: userLabels.cancel,
  done: { ja: '表示設定を変更しました。', en: 'Your display settings were changed.' },
  'changed-meanwhile': changedJustNow,
  on: { ja: 'オン', en: 'on' },
  barEffect: {
    ja: 'この設定は、ご自身の画面にだけ反映されます。',
    en: 'This changes your own screens alone.',
  },
}

const languageNames = { ja: '日本語', en: 'English' }

/** 表示設定 */
export const displayPage = portal.page({
  path: paths.display,
  allow: 'user',
  words,
  section: 'profile',
  async load(ctx): Promise<Saved> {
    return { ...(await findDisplay(ctx)), customersZone: ctx.actor.customer.timeZone }
  },
  form: {
    language: { label: words.language, value: z.enum(['browser', 'ja', 'en']) },
    theme: { label: words.theme, value: z.enum(['system', 'light', 'dark']) },
    timeZone: { label: words.timeZone, value: timeZoneName },
    shortcuts: { label: words.shortcuts, value: z.literal('on').optional() },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  initial: (data) => valuesOf(data),
  changedBy: (ctx) => lastChangeOf(ctx, { kind: 'user', id: ctx.actor.userId, actions: ['display-changed'] }),
  said: {
    language: (value, { language }) =>
      value === 'ja' || value === 'en' ? languageNames[value] : words.browsers[language],
    theme: (value, { language }) => wordOf(value)[language],
    shortcuts: (_value, { language }) => words.on[language],
  },
  async submit(ctx, { input, words: text }) {
    const { version, language, theme, timeZone, shortcuts } = input
    const settings = {
      language: language === 'browser' ? null : language,
      theme,
      timeZone,
      shortcuts: shortcuts === 'on',
    }
    const changed = await setDisplay(ctx, { settings, version })
    if (!changed.ok) return problemAt(undefined, text[changed.problem], changed)
    // The setting now decides, not what was once chosen by the link on this browser.
    return redirect(paths.display, { notice: text.done, cookies: [{ name: 'language', value: null }] })
  },
  title: ({ words: text }) => text.title,
  view: (view) => {
    const { form, words: text, data, reader } = view
    const { language } = reader
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <ProfileBreadcrumb language={language} current={text.title} />
        <PageHeading heading={text.title} />
        <Form form={form} layout="page" guard>
          <input type="hidden" name="version" value={data.version} />
          <RadioField
            form={form}
            name="language"
            label={text.language}
            language={language}
            options={[
              { value: 'browser', label: text.browsers },
              { value: 'ja', label: languageNames.ja, language: 'ja' },
              { value: 'en', label: languageNames.en, language: 'en' },
            ]}
          />
          <RadioField
            form={form}
            name="theme"
            label={text.theme}
            language={language}
            options={[
              { value: 'system', label: text.system },
              { value: 'light', label: text.light },
              { value: 'dark', label: text.dark },
            ]}
          />
          <SelectField
            form={form}
            width="medium"
            name="timeZone"
            label={text.timeZone}
            language={language}
            hint={text.timeZoneHint}
            options={zoneChoices({ first: [data.customersZone, data.timeZone], language, now: reader.now })}
          />
          <CheckField form={form} name="shortcuts" label={text.shortcuts} language={language} />
          <CommitBar effect={text.barEffect}>
            <ButtonLink kind="secondary" href={paths.profile}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.apply}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})

type Saved = DisplaySettings & { version: number; customersZone: string }

function valuesOf({ language, theme, timeZone, shortcuts, version }: Saved) {
  return {
    language: language ?? 'browser',
    theme,
    timeZone,
    version: String(version),
    shortcuts: shortcuts ? 'on' : '',
  }
}

function wordOf(theme: string): Phrase {
  return theme === 'light' || theme === 'dark' ? words[theme] : words.system
}
