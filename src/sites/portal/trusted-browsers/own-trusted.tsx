import { endAllOwnTrust } from '#features/trusted-browsers/end-trust.ts'
import { listOwnTrusted } from '#features/trusted-browsers/list.ts'
import { Button, ButtonRow } from '#platform/ui/form/button.tsx'
import { Form } from '#platform/ui/form/form.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { ProfileBreadcrumb } from '../profile/profile-breadcrumb.tsx'
import { profileWords } from '../profile/links.ts'
import { portal } from '../site.tsx'
import { trustWords } from './words.ts'

const words = {
  ...trustWords,
  title: profileWords.trusted,
  about: {
    ja: '心当たりのないブラウザがあるときは、解除し、第1パスワードを変更してください。',
    en: 'If you do not recognise a browser, end it and change your first password.',
  },
  none: { ja: 'スキップ中のブラウザはありません', en: 'No browser skips the second step' },
  noneText: {
    ja: '御社で許可されているときは、第二認証の画面で選択できます。',
    en: 'Where your company allows it, it can be chosen at the second step of a login.',
  },
  endAll: { ja: 'すべて解除する', en: 'End all' },
  allEnded: { ja: 'すべてのブラウザを解除しました。', en: 'The second step is asked for everywhere again.' },
}

/** スキップ中のブラウザ: the own ones. */
export const ownTrustedPage = portal.page({
  path: paths.ownTrusted,
  allow: 'user',
  isClosedToLooks: true,
  words,
  section: 'profile',
  load: listOwnTrusted,
  async submit(ctx, { words: text }) {
    await endAllOwnTrust(ctx)
    return redirect(paths.ownTrusted, { notice: text.allEnded })
  },
  title: ({ words: text }) => text.title,
  view: ({ data: browsers, form, words: text, tokenFor, reader: { language, now, timeZone: zone } }) => (
    <>
      <ProfileBreadcrumb language={language} current={text.title} />
      <PageHeading heading={text.title} lead={text.about} />
      {browsers.length === 0 ? (
        <EmptyState icon="shield" heading={text.none}>
          {text.noneText}
        </EmptyState>
      ) : (
        <>
          <Table
            caption={text.title}
            rows={browsers}
            rowKey={({ id }) => id}
            columns={[
              { label: text.browser, header: true, long: true, cell: ({ browser }) => browser || text.unknown },
              { label: text.ip, long: true, cell: ({ ip }) => <span {...untranslated}>{ip}</span> },
              {
                label: text['last-used'],
                phone: 'labelled',
                cell: ({ lastUsedAt }) => <Time at={lastUsedAt} zone={zone} language={language} now={now} />,
              },
              {
                label: text.ends,
                phone: 'labelled',
                cell: ({ endsAt }) => <Time at={endsAt} zone={zone} language={language} now={now} format="date" />,
              },
              {
                label: text.action,
                hideLabel: true,
                phone: 'end',
                cell: ({ id, user, browser }) => (
                  <Form form={{ action: paths.endOwnTrust, token: tokenFor(paths.endOwnTrust) }} layout="plain">
                    <input type="hidden" name="browser" value={id} />
                    <Button kind="secondary" small label={text.endOf(user.name, browser || text.unknown)}>
                      {text.end}
                    </Button>
                  </Form>
                ),
              },
            ]}
          />
          <Form form={form}>
            <ButtonRow>
              <Button kind="secondary">{text.endAll}</Button>
            </ButtonRow>
          </Form>
        </>
      )}
    </>
  ),
})
