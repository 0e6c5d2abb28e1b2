import { visitorTimeZone } from '#sites/frame/time-zone.ts'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { ComponentChildren } from 'preact'
import { Document } from '#sites/frame/document.tsx'
import type { KeptMail, KeptMails } from '#features/mails/list-kept.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Assets } from '#platform/web/assets.ts'
import { html } from '#platform/web/html.ts'
import { preferredLanguage } from '#platform/web/request.ts'

import type { Bindings } from '#platform/web/site.ts'
import { inLanguage, type Language } from '#platform/words.ts'

export const mailboxPath = '/demo/mailbox'

const words = {
  title: { ja: 'デモの受信箱', en: 'Mailbox of the demo' },
  lead: {
    ja: 'このデモから送られたメールは、外には送信されず、ここに届きます。',
    en: 'Mails of this demo go nowhere else: they arrive here.',
  },
  from: { ja: '差出人・返信先：', en: 'From and reply to: ' },
  to: { ja: '宛先：', en: 'To: ' },
  keyword: { ja: '宛先・件名・本文のキーワード', en: 'Keyword in address, subject or text' },
  search: { ja: '検索する', en: 'Search' },
  showAll: { ja: 'すべてのメールを表示する', en: 'Show all mails' },
  noMatch: { ja: 'キーワードを含むメールはありません', en: 'No mail has the keyword' },
  shown: {
    ja: (shown: number, all: number) => (shown < all ? `${all}通のうち新しい${shown}通` : `${all}通`),
    en: (shown: number, all: number) => (shown < all ? `The newest ${shown} of ${all}` : `${all} in all`),
  },
  none: { ja: 'メールはまだありません', en: 'No mails yet' },
  noneText: {
    ja: 'ログインすると、認証コードのメールがここに届きます。',
    en: 'Log in, and the mail with your code will arrive here.',
  },
}

/** Where the mails of a demo without a mail server can be read. Only a demo has it, and a demo listens on this machine alone. */
export function demoMailbox({
  assets,
  from,
  list,
  now,
}: {
  assets: Assets
  from: string
  list: (keyword: string) => Promise<KeptMails>
  now: () => Date
}): Hono<Bindings> {
  const app = new Hono<Bindings>()
  app.use(
    mailboxPath,
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        frameAncestors: ["'none'"],
      },
    }),
  )
  app.get(mailboxPath, async (c) => {
    const language = preferredLanguage(c.req.header('accept-language'))
    const keyword = c.req.query('q') ?? ''
    const listed = await list(keyword)
    return html(c, { status: 200 }, <Mailbox {...{ assets, from, ...listed, keyword, language, now: now() }} />)
  })
  return app
}

function Mailbox({
  assets,
  from,
  mails,
  total,
  keyword,
  language,
  now,
}: {
  assets: Assets
  from: string
  mails: KeptMail[]
  total: number
  keyword: string
  language: Language
  now: Date
}) {
  const text = inLanguage(words, language)
  return (
    <Document language={language} title={text.title} assets={assets} frame="visitor">
      <main class="main main-wide" id="main">
        <PageHeading heading={text.title} lead={text.lead} />
        <form class="form" method="get" action={mailboxPath} role="search">
          <div class="field">
            <label class="field-label" for="keyword">
              {text.keyword}
            </label>
            <input class="input" id="keyword" name="q" type="search" value={keyword} />
          </div>
          <Button kind="secondary">{text.search}</Button>
        </form>
        <p class="small-text">{text.shown(mails.length, total)}</p>
        {total === 0 && (
          <EmptyState icon="info" heading={keyword === '' ? text.none : text.noMatch}>
            {keyword === '' ? text.noneText : <a href={mailboxPath}>{text.showAll}</a>}
          </EmptyState>
        )}
        {mails.map((mail) => (
          <Panel key={mail.id}>
            {/* Not the panel's own heading: mails share their subjects, landmarks may not share a name. */}
            <h2 class="panel-heading">{mail.subject}</h2>
            <p class="small-text">
              {text.from}
              {from}
              <br />
              {text.to}
              {mail.to} <Time at={mail.at} zone={visitorTimeZone} language={language} now={now} />
            </p>
            <pre class="mail-text">{withLinks(mail.text)}</pre>
          </Panel>
        ))}
      </main>
    </Document>
  )
}

/** As a mail program shows them. */
function withLinks(text: string): ComponentChildren {
  return text.split(/(https?:\/\/\S+)/).map((part, place) =>
    place % 2 === 0 ? (
      part
    ) : (
      <a href={part} key={place}>
        {part}
      </a>
    ),
  )
}
