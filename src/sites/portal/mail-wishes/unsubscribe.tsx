import {
  endMailedWish,
  findMailedWish,
  type MailedWish,
  readWishKey,
  type WishKey,
} from '#features/mail-wishes/unsubscribe.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { Form } from '#platform/ui/form/form.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { mailTopicWords, scopeIn } from './words.ts'

const words = {
  title: { ja: 'メール通知の停止', en: 'End these mails' },
  lead: { ja: '次の通知を停止します。ログインは不要です。', en: 'This ends the following. You need not log in.' },
  topic: { ja: '内容', en: 'Topic' },
  about: { ja: '対象', en: 'About' },
  end: { ja: '停止する', en: 'End' },
  over: { ja: 'このメール通知は停止しています', en: 'These mails have ended' },
  overText: {
    ja: 'このURLによるメールは、もうお送りしません。ほかの通知は続きます。変更は、ログインして「プロフィール」の「メール通知」で行えます。',
    en: 'You will not receive them any more. Others go on: to change them, log in and open “Mail notifications” of your profile.',
  },
  signIn: { ja: 'ログイン画面へ進む', en: 'Go to the login' },
}

interface Data {
  key: WishKey | undefined
  wish: MailedWish | undefined
}

/** Ends the one wish by which a mail came, for whoever has that mail. An address that we have not made looks like one that has done its work. */
export const unsubscribePage = portal.page({
  path: paths.unsubscribe,
  allow: 'anybody',
  words,
  isBeforeLogin: true,
  isOneClick: true,
  async load(ctx, { query }): Promise<Data> {
    const key = readWishKey(ctx.secrets, query.key ?? '')
    return { key, wish: key && (await findMailedWish(ctx, key)) }
  },
  async submit(ctx, { data: { key, wish } }) {
    if (key && wish) await endMailedWish(ctx, key)
    return redirect(paths.unsubscribe)
  },
  title: ({ data: { wish }, words: text }) => (wish ? text.title : text.over),
  view: ({ data: { wish }, form, words: text, reader: { language } }) => (
    <Panel roomy>
      <PageHeading heading={wish ? text.title : text.over} lead={wish ? text.lead : text.overText} tall />
      {wish ? (
        <>
          <Facts
            facts={[
              { term: text.topic, value: mailTopicWords[wish.topic][language] },
              { term: text.about, value: scopeIn(wish, language) },
            ]}
          />
          <Form form={form}>
            <ButtonRow>
              <Button>{text.end}</Button>
            </ButtonRow>
          </Form>
        </>
      ) : (
        <ButtonRow>
          <ButtonLink kind="secondary" href={paths.signIn}>
            {text.signIn}
          </ButtonLink>
        </ButtonRow>
      )}
    </Panel>
  ),
})
