import { z } from 'zod'
import { rowVersion } from '#platform/form.ts'
import { findOwnProfile, setDisplay } from '#features/users/own-profile.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/button.tsx'
import { CheckField, RadioField, SelectField } from '#platform/ui/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form.tsx'
import { PageHeading } from '#platform/ui/page-heading.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portalPage } from '../portal-page.ts'
import { profileWords } from './links.ts'

const words = {
  title: profileWords.display,
  language: { ja: '画面の言語', en: 'Language of the screens' },
  browsers: { ja: 'ブラウザの設定に従う', en: 'As the browser is set' },
  theme: { ja: '配色', en: 'Colours' },
  system: { ja: '端末の設定に従う', en: 'As the device is set' },
  light: { ja: 'ライト', en: 'Light' },
  dark: { ja: 'ダーク', en: 'Dark' },
  timeZone: { ja: 'タイムゾーン', en: 'Time zone' },
  timeZoneHint: {
    ja: '画面とメールの時刻は、このタイムゾーンで表示されます。',
    en: 'Times on screens and in mails are shown in this zone.',
  },
  shortcuts: { ja: '「/」キーで検索欄へ移動する', en: 'The key “/” moves to the search box' },
  version: { ja: '版', en: 'Version' },
  apply: { ja: '適用する', en: 'Apply' },
  cancel: { ja: 'キャンセル', en: 'Cancel' },
  done: { ja: '表示設定を変更しました。', en: 'Your display settings were changed.' },
  'changed-meanwhile': {
    ja: '別の画面で同じ設定が変更されています。最新の内容を確認してから、もう一度変更してください。',
    en: 'The same settings were changed in another window. Look at what they are now, then change them again.',
  },
}

const timeZones = Intl.supportedValuesOf('timeZone')

/** 表示設定 */
export const displayPage = portalPage({
  path: paths.display,
  allow: 'user',
  words,
  section: 'profile',
  load: async (ctx) => ({ version: (await findOwnProfile(ctx)).version, actor: ctx.actor }),
  form: {
    language: { label: words.language, value: z.enum(['browser', 'ja', 'en']) },
    theme: { label: words.theme, value: z.enum(['system', 'light', 'dark']) },
    timeZone: { label: words.timeZone, value: z.enum(timeZones) },
    shortcuts: { label: words.shortcuts, value: z.literal('on').optional() },
    version: { label: words.version, value: rowVersion },
  },
  initial: ({ actor, version }) => ({
    language: actor.language ?? 'browser',
    theme: actor.theme,
    timeZone: actor.timeZone,
    version: String(version),
    ...(actor.shortcuts && { shortcuts: 'on' }),
  }),
  async submit(ctx, { input, words: text }) {
    const { version, language, theme, timeZone, shortcuts } = input
    const settings = {
      language: language === 'browser' ? null : language,
      theme,
      timeZone,
      shortcuts: shortcuts === 'on',
    }
    const changed = await setDisplay(ctx, { settings, version })
    if (!changed.ok) return problemAt('', text[changed.problem], changed)
    // The setting now decides, not what was once chosen by the link on this browser.
    return redirect(paths.display, { notice: text.done, cookies: [{ name: 'language', value: null }] })
  },
  title: ({ words: text }) => text.title,
  view: ({ form, words: text, data, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <PageHeading heading={text.title} />
      <Form form={form} layout="page" guard>
        <input type="hidden" name="version" value={String(data.version)} />
        <RadioField
          form={form}
          name="language"
          label={text.language}
          language={language}
          options={[
            { value: 'browser', label: text.browsers },
            { value: 'ja', label: '日本語', language: 'ja' },
            { value: 'en', label: 'English', language: 'en' },
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
          name="timeZone"
          label={text.timeZone}
          language={language}
          hint={text.timeZoneHint}
          options={timeZones.map((zone) => ({ value: zone, label: zone }))}
        />
        <CheckField form={form} name="shortcuts" label={text.shortcuts} language={language} />
        <ButtonRow>
          <ButtonLink kind="secondary" href={paths.profile}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.apply}</Button>
        </ButtonRow>
      </Form>
    </>
  ),
})
