import { countRecoveryCodes } from '#features/recovery-codes/count.ts'
import { howManyCodes } from '#features/recovery-codes/make.ts'
import { keepMadeCodes, takeMadeCodes } from '#features/recovery-codes/made.ts'
import { renewRecoveryCodes } from '#features/recovery-codes/renew.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { paths } from '../paths.ts'
import { redirect } from '#platform/web/page.ts'
import { portal } from '../site.tsx'
import { profileWords } from './links.ts'
import { ProfileBreadcrumb } from './profile-breadcrumb.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'

const words = {
  title: profileWords.recoveryCodes,
  lead: {
    ja: '認証アプリやメールを使えないときに、第二認証の代わりに使うコードです。1つのコードは1回だけ使えます。',
    en: 'Codes to log in with when you cannot use your app or mail. Each works once.',
  },
  left: {
    ja: (n: number) => `残り${n}個です。作り直すと、これまでのコードはすべて使えなくなります。`,
    en: (n: number) => `${n} left. When you make new ones, all older codes stop working.`,
  },
  renew: { ja: `${howManyCodes}個のコードを作り直す`, en: `Make ${howManyCodes} new codes` },
  none: { ja: 'まだ作成されていません。', en: 'You have none yet.' },
  make: { ja: `${howManyCodes}個のコードを作成する`, en: `Make ${howManyCodes} codes` },
  cancel: userLabels.cancel,
  barEffect: {
    ja: '作成したコードは、次の画面で1回だけ表示されます。',
    en: 'The codes are shown once, on the next page.',
  },
  made: { ja: '新しいリカバリーコード', en: 'Your new recovery codes' },
  once: {
    ja: 'この画面でしか表示されません。印刷するか、安全な場所に書き写してください。',
    en: 'They are shown only here. Print them or copy them to a safe place.',
  },
}

interface Data {
  left: number
  /** Only just after they were made, and once. */
  codes: readonly string[]
}

/** リカバリーコード */
export const recoveryCodesPage = portal.page({
  path: paths.recoveryCodes,
  allow: 'user',
  isClosedToLooks: true,
  words,
  section: 'profile',
  changesByLooking: true,
  load: async (ctx): Promise<Data> => {
    const [left, codes] = await Promise.all([countRecoveryCodes(ctx), takeMadeCodes(ctx)])
    return { left, codes }
  },
  critical: {
    async submit(ctx) {
      await keepMadeCodes(ctx, await renewRecoveryCodes(ctx))
      return redirect(paths.recoveryCodes)
    },
  },
  title: ({ words: text }) => text.title,
  view: ({ data, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <ProfileBreadcrumb language={language} current={text.title} />
      <PageHeading heading={text.title} lead={text.lead} />
      {data.codes.length > 0 ? (
        <Notice kind="ok" heading={text.made} live>
          <p>{text.once}</p>
          <ul class="recovery-codes" {...untranslated}>
            {data.codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
        </Notice>
      ) : (
        <Form form={form} layout="page">
          <p>{data.left > 0 ? text.left(data.left) : text.none}</p>
          <CommitBar effect={text.barEffect}>
            <ButtonLink kind="secondary" href={paths.profile}>
              {text.cancel}
            </ButtonLink>
            <Button>{data.left > 0 ? text.renew : text.make}</Button>
          </CommitBar>
        </Form>
      )}
    </>
  ),
})
