import { userLabels } from '#sites/frame/guide-labels.ts'
import { countExpired, listExpired, mostResent, resendExpired } from '#features/users/resend-notice.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { ChosenPeople } from './chosen-people.tsx'
import { listTitle } from './words.ts'

const words = {
  title: { ja: '期限切れの全員への再送', en: 'Send new URLs' },
  list: listTitle,
  lead: {
    ja: (n: number) =>
      `登録用URLの有効期限が切れているユーザーは${n}名です。1回の操作で${mostResent}名まで、新しいURLを送信します。`,
    en: (n: number) => `Users whose URL has expired: ${n}. Up to ${mostResent} are sent a new one at a time.`,
  },
  barEffect: {
    ja: 'これまでのURLは使えなくなります。',
    en: 'Former URLs will no longer work.',
  },
  cancel: userLabels.cancel,
  resend: { ja: '期限切れの全員に再送する', en: 'Send a new one to all of them' },
  done: {
    ja: (n: number) => `${n}名に案内メールを再送しました。`,
    en: (n: number) => `The notice was sent to ${n} again.`,
  },
}

/** 期限切れの全員への再送 */
export const resendExpiredPage = portal.page({
  path: paths.resendExpired,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx) {
    const [expired, people] = await Promise.all([countExpired(ctx), listExpired(ctx)])
    return { expired, people }
  },
  async submit(ctx, { words: text }) {
    return redirect(paths.users, { notice: text.done(await resendExpired(ctx)) })
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { expired, people }, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Breadcrumb language={language} trail={[{ label: text.list, href: paths.users }]} current={text.title} />
      <PageHeading heading={text.title} lead={text.lead(expired)} tall />
      {people.length > 0 && <ChosenPeople people={people} language={language} />}
      <Form form={form}>
        <CommitBar effect={text.barEffect}>
          <ButtonLink kind="secondary" href={paths.users}>
            {text.cancel}
          </ButtonLink>
          {expired > 0 && <Button>{text.resend}</Button>}
        </CommitBar>
      </Form>
    </>
  ),
})
