import { announceMaintenance, stampOf } from '#features/site-state/announce.ts'
import { findSiteState, type Maintenance, type SiteName } from '#features/site-state/find.ts'
import { zoneLabel } from '#platform/time/format.ts'
import { momentAt, wallClockOf } from '#platform/time/wall-clock.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { RadioField, TextAreaField, TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { lines, typedLines } from '#platform/values.ts'
import { type Problem, problemAt, redirect, type View } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { z } from 'zod'
import { paths } from '../paths.ts'
import { type ConsolePath, staffConsole } from '../site.tsx'
import { maintenanceTitle, siteWords } from './maintenance-words.ts'

const modes = ['closed', 'read-only'] as const

const words = {
  list: maintenanceTitle,
  mode: { ja: '内容', en: 'What' },
  closed: { ja: 'サイトを閉じる', en: 'Close the site' },
  'read-only': { ja: '参照だけできるようにする', en: 'Let nothing be changed' },
  from: { ja: '開始', en: 'From' },
  until: { ja: '終了予定', en: 'Until' },
  ja: { ja: 'お客様への説明', en: 'What is told, in Japanese' },
  en: { ja: 'お客様への説明（英語）', en: 'What is told, in English' },
  enHint: { ja: '空欄のときは、日本語を表示します。', en: 'Left empty, the Japanese is shown.' },
  was: { ja: '以前の設定', en: 'What was announced' },
  deed: { ja: '操作', en: 'Action' },
  portalEffect: {
    ja: '1週間前から終了まで、ログイン画面などに表示します。ポータルは止まりません。',
    en: 'It is told from a week before until it is over. The portal goes on.',
  },
  settingsEffect: {
    ja: '1週間前から予告し、その時間になるとサイトを閉じます（30秒以内に反映）。',
    en: 'It is told from a week before; then the site is closed, within half a minute.',
  },
  cancel: userLabels.cancel,
  set: { ja: '設定する', en: 'Set' },
  end: { ja: '取りやめる・終了する', en: 'Call it off, or end it' },
  saved: { ja: 'メンテナンスを設定しました。', en: 'The maintenance was announced.' },
  ended: { ja: 'メンテナンスを終了しました。', en: 'The maintenance was ended.' },
  time: {
    ja: '日時の形式が正しくありません。2026-12-05T22:00の形式で入力してください。',
    en: 'This is not a time such as 2026-12-05T22:00.',
  },
  order: { ja: '終了予定は、開始より後の日時を入力してください。', en: 'It must end after it begins.' },
  over: { ja: '終了予定が過ぎています。これからの日時を入力してください。', en: 'It would be over already.' },
  missing: {
    ja: 'お客様への説明が入力されていません。お客様への説明を入力してください。',
    en: 'What customers are told is missing. Enter it.',
  },
  meanwhile: {
    ja: 'この画面を開いたあとに、ほかの担当者が変更しました。最新の内容をご確認ください。',
    en: 'Another member has changed it since you opened this page. Look at what it is now.',
  },
}

interface Data {
  maintenance: Maintenance | undefined
  timeZone: string
}

/** For each site one. */
export const setMaintenancePages: readonly ConsolePath[] = [
  maintenanceOf('portal', paths.portalMaintenance),
  maintenanceOf('settings', paths.settingsMaintenance),
]

function maintenanceOf(site: SiteName, path: string): ConsolePath {
  return staffConsole.page({
    path,
    allow: 'content',
    words,
    async load({ tx, actor }): Promise<Data> {
      const { maintenance } = await findSiteState(tx, site)
      return { maintenance, timeZone: actor.timeZone }
    },
    form: {
      mode: { label: words.mode, value: z.enum(modes).optional() },
      from: { label: words.from, value: z.string().trim().max(20) },
      until: { label: words.until, value: z.string().trim().max(20) },
      ja: { label: words.ja, value: typedLines(lines(1000)) },
      en: { label: words.en, value: typedLines(lines(1000)) },
      was: { label: words.was, value: z.string().max(100), carried: true },
      deed: { label: words.deed, value: z.enum(['set', 'end']), chosen: true, carried: true },
    },
    initial: ({ maintenance, timeZone }) =>
      maintenance
        ? {
            mode: maintenance.mode,
            from: wallClockOf(maintenance.from, timeZone),
            until: wallClockOf(maintenance.until, timeZone),
            ja: maintenance.text.ja,
            en: maintenance.text.en === maintenance.text.ja ? '' : maintenance.text.en,
          }
        : { mode: 'closed' },
    critical: {
      async submit(ctx, { input, words: text }) {
        const judged = input.deed === 'set' ? judge(input, { ...ctx, timeZone: ctx.actor.timeZone }) : undefined
        if (judged && 'problem' in judged) return judged.problem
        const { was } = input
        const announced = await announceMaintenance(ctx, site, { maintenance: judged?.maintenance, was })
        if (!announced.ok) return problemAt(undefined, text.meanwhile, announced)
        return redirect(paths.maintenance, { notice: judged ? text.saved : text.ended })
      },
    },
    title: ({ reader }) => siteWords[site][reader.language],
    view: (view) => <Page site={site} {...view} />,
  })
}

interface Given {
  mode?: (typeof modes)[number] | undefined
  from: string
  until: string
  ja: string
  en: string
}

function judge(
  { mode = 'closed', from, until, ja, en }: Given,
  { now, language, timeZone }: { now: Date; language: Language; timeZone: string },
): { maintenance: Maintenance } | { problem: Problem } {
  const text = inLanguage(words, language)
  const [begins, ends] = [momentAt(from, timeZone), momentAt(until, timeZone)]
  if (!begins) return { problem: problemAt('from', text.time) }
  if (!ends) return { problem: problemAt('until', text.time) }
  if (ends <= begins) return { problem: problemAt('until', text.order) }
  if (ends <= now) return { problem: problemAt('until', text.over) }
  if (ja === '') return { problem: problemAt('ja', text.missing) }
  return { maintenance: { from: begins, until: ends, mode, text: { ja, en: en || ja } } }
}

function Page({ site, data, form, words: text, reader }: View<Data, typeof words> & { site: SiteName }) {
  const { language, timeZone, now } = reader
  const name = siteWords[site][language]
  const at = (field: 'from' | 'until' | 'ja' | 'en') => ({ form, language, name: field, label: text[field] })
  const time = { mark: 'required', type: 'datetime-local', width: 'medium' } as const
  return (
    <>
      <ErrorSummary form={form} language={language} />
      <Breadcrumb language={language} trail={[{ label: text.list, href: paths.maintenance }]} current={name} />
      <PageHeading heading={name} tall />
      <Form form={form} layout="page" guard>
        <input type="hidden" name="was" value={stampOf(data.maintenance)} />
        {site === 'settings' && (
          <RadioField
            form={form}
            language={language}
            name="mode"
            label={text.mode}
            options={modes.map((value) => ({ value, label: text[value] }))}
          />
        )}
        <TextField {...at('from')} {...time} hint={zoneLabel(timeZone, language, now)} />
        <TextField {...at('until')} {...time} />
        <TextAreaField {...at('ja')} mark="required" rows={3} most={1000} />
        <TextAreaField {...at('en')} mark="optional" rows={3} most={1000} hint={text.enHint} />
        <CommitBar effect={site === 'portal' ? text.portalEffect : text.settingsEffect}>
          <ButtonLink kind="secondary" href={paths.maintenance}>
            {text.cancel}
          </ButtonLink>
          {data.maintenance && (
            <Button kind="danger" name="deed" value="end">
              {text.end}
            </Button>
          )}
          <Button name="deed" value="set">
            {text.set}
          </Button>
        </CommitBar>
      </Form>
    </>
  )
}
