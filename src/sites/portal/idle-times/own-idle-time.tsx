import { z } from 'zod'
import { rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { idleTimes, idleTimesUpTo } from '#features/idle-times/idle-times.ts'
import { findOwnIdleTime, setOwnIdleTime } from '#features/idle-times/own.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { SelectField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { ProfileBreadcrumb } from '../profile/profile-breadcrumb.tsx'
import { profileWords } from '../profile/links.ts'
import { portal } from '../site.tsx'
import { idleTimeWords, minutesWord } from './words.ts'

const words = {
  ...idleTimeWords,
  title: profileWords.idleTime,
  lead: {
    ja: '操作がないまま、この時間が過ぎると、自動でログアウトします。',
    en: 'Whoever does nothing for as long is logged out.',
  },
  fixed: {
    ja: 'タイムアウト時間は、御社のポータル管理者が設定しています。',
    en: 'The timeout is set by the portal administrators of your company.',
  },
  hint: {
    ja: (n: number) => `御社の設定（${n}分）より短い時間を選択できます。`,
    en: (n: number) => `You can choose a time shorter than that of your company (${n} minutes).`,
  },
  barEffect: {
    ja: 'この設定は、ご自身のログインにだけ反映されます。',
    en: 'This changes your own logins alone.',
  },
  cancel: userLabels.cancel,
  apply: rightLabels.apply,
  done: { ja: 'タイムアウト時間を変更しました。', en: 'Your timeout was changed.' },
  'not-allowed': {
    ja: '御社の設定により、タイムアウト時間は変更できません。',
    en: 'Your company does not allow to change the timeout.',
  },
}

/** セッションタイムアウト: the own one, where the customer lets it be chosen. */
export const ownIdleTimePage = portal.page({
  path: paths.ownIdleTime,
  allow: 'user',
  words,
  section: 'profile',
  load: async (ctx) => ({ ...(await findOwnIdleTime(ctx)), inForce: ctx.actor.idleMinutes }),
  form: {
    minutes: {
      label: words.time,
      value: z.union([z.literal('customers'), z.coerce.number().pipe(z.literal(idleTimes))]),
      chosen: true,
    },
  },
  initial: ({ own, most }) => ({ minutes: own === null || own > most ? 'customers' : String(own) }),
  async submit(ctx, { input: { minutes }, words: text }) {
    const set = await setOwnIdleTime(ctx, minutes === 'customers' ? null : minutes)
    if (!set.ok) return problemAt(set.problem === 'not-allowed' ? undefined : 'minutes', text[set.problem], set)
    return redirect(paths.ownIdleTime, { notice: text.done })
  },
  title: ({ words: text }) => text.title,
  view: ({ data, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <ProfileBreadcrumb language={language} current={text.title} />
      <PageHeading heading={text.title} lead={text.lead} />
      {data.mayChange ? (
        <Form form={form} layout="page">
          <SelectField
            form={form}
            width="medium"
            name="minutes"
            label={text.time}
            language={language}
            hint={
              <>
                {text.hint(data.most)} {text.limit}
              </>
            }
            options={[
              { value: 'customers', label: text.customers(data.most) },
              ...idleTimesUpTo(data.most).map((each) => ({ value: String(each), label: minutesWord(each, language) })),
            ]}
          />
          <CommitBar effect={text.barEffect}>
            <ButtonLink kind="secondary" href={paths.profile}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.apply}</Button>
          </CommitBar>
        </Form>
      ) : (
        <>
          <Facts facts={[{ term: text.time, value: minutesWord(data.inForce, language) }]} />
          <p>{text.fixed}</p>
        </>
      )}
    </>
  ),
})
