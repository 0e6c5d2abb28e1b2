import type { JSX } from 'preact'
import { ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import type { ErrorFacts } from '#platform/web/site.ts'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import type { FrameLink } from './brand.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'

/** Of 403: what it takes on a site, and what the reader can do. */
export interface Forbidden {
  title?: Phrase
  lead: Phrase
  remedy: Phrase
}

export interface ErrorPageProps {
  forbidden: Forbidden
  language: Language
  error: ErrorFacts
  /** Where to go from here. */
  wayOn: FrameLink
}

interface ErrorText {
  title: Phrase
  lead: Phrase
  /** What the reader can do. */
  remedy?: Phrase | undefined
}

const words = {
  reference: { ja: '受付番号', en: 'Reference number' },
  typed: { ja: '入力した内容（保存されていません）', en: 'What you entered (not saved)' },
  typedHint: {
    ja: '必要な場合は、ここからコピーして、編集の権限がある方に渡してください。',
    en: 'Copy it from here if you need it, and give it to somebody who has the right to edit.',
  },
  seeNow: { ja: '現在の内容を表示する', en: 'See what it is now' },
  address: { ja: 'あなたのIPアドレス', en: 'Your IP address' },
  reload: {
    ja: (seconds: number) => `${seconds}秒ほどおいてから、画面を再読み込みしてください。`,
    en: (seconds: number) => `Wait some ${seconds} seconds, then reload the page.`,
  },
}

const fromElsewhere: ErrorText = {
  title: { ja: 'ポータルの外から送信されたため、受け付けませんでした', en: 'This was not sent from the portal' },
  lead: {
    ja: '送信元の画面が、このポータルのものではないか、開いてから時間がたっています。何も変更されていません。',
    en: 'The page it was sent from is not one of this portal, or was opened too long ago. Nothing was changed.',
  },
  remedy: {
    ja: 'ポータルを開き、目的の画面を表示してから、操作してください。',
    en: 'Open the portal, go to the page you want, and do it from there.',
  },
}

const refusedAddress: ErrorText = {
  title: { ja: 'このIPアドレスからは利用できません', en: 'You cannot use the portal from this address' },
  lead: {
    ja: '御社のアクセス制限設定により、いまお使いのネットワークからは利用できません。ログインは終了していません。',
    en: 'Your company allows the portal to be used from certain networks alone, and you are not in one of them. You are still logged in.',
  },
  remedy: {
    ja: '許可されたネットワークから開き直すか、御社のポータル管理者に、下のIPアドレスと受付番号を伝えてお問い合わせください。',
    en: 'Open it from an allowed network, or ask a portal administrator of your company, and give the IP address and the reference number below.',
  },
}

const onlyLooks: ErrorText = {
  title: { ja: '閲覧のみのため、利用できません', en: 'You only look: this cannot be used' },
  lead: {
    ja: 'お客様画面の確認中は、変更、ファイルのダウンロード、Web設定変更サイト、認証に関する画面は利用できません。何も変更されていません。',
    en: 'While you look at a customer’s screens nothing can be changed or downloaded, and the settings site and pages about authentication are closed. Nothing was changed.',
  },
}

// 404 says no more than that the page cannot be had: whether it exists is not told. 403 follows from the address and the role alone.
const texts: Record<ErrorFacts['status'], ErrorText> = {
  400: {
    title: { ja: '送信された内容を受け付けられませんでした', en: 'Your request could not be accepted' },
    lead: {
      ja: '送信の途中で内容が失われたか、画面を開いてから時間がたった可能性があります。入力した内容は保存されていません。',
      en: 'Part of it may have been lost on the way, or the page may have been open for too long. Nothing was saved.',
    },
    remedy: {
      ja: '前の画面に戻り、再読み込みしてから、入力し直してください。',
      en: 'Go back, reload the page and enter it anew.',
    },
  },
  403: {
    title: { ja: 'このページを表示する権限がありません', en: 'You do not have permission to view this page' },
    lead: {
      ja: 'この操作またはページは、あなたの権限ではご利用になれません。',
      en: 'Your rights do not cover this page, or what you wanted to do.',
    },
  },
  404: {
    title: { ja: 'ページが見つかりません', en: 'Page not found' },
    lead: {
      ja: '移動または削除されたか、URLが正しくないか、表示する権限がない可能性があります。',
      en: 'It may have been moved or deleted, the URL may be wrong, or you may not have permission to view it.',
    },
    remedy: {
      ja: 'URLを入力した場合は、入力に誤りがないかご確認ください。',
      en: 'If you typed the URL, check that it is correct.',
    },
  },
  413: {
    title: { ja: '送信された内容が大きすぎます', en: 'What you sent is too large' },
    lead: {
      ja: '入力した内容は保存されていません。',
      en: 'Nothing was saved.',
    },
    remedy: {
      ja: '前の画面に戻り、内容を減らすかファイルを小さくして、もう一度お試しください。',
      en: 'Go back, shorten the text or choose a smaller file, and try again.',
    },
  },
  500: {
    title: { ja: '画面を表示できませんでした', en: 'The page could not be shown' },
    lead: {
      ja: 'ポータルで問題が発生しました。入力した内容は保存されていません。時間をおいて、もう一度お試しください。',
      en: 'A problem occurred in the portal. What you entered was not saved. Try again in a little while.',
    },
    remedy: {
      ja: '解決しない場合は、受付番号を添えてお問い合わせください。',
      en: 'If it happens again, contact us and give the reference number.',
    },
  },
  503: {
    title: { ja: 'ただいまご利用いただけません', en: 'The portal is not available right now' },
    lead: {
      ja: '工事中か、アクセスが集中しています。入力した内容は保存されていません。',
      en: 'It is under maintenance or very busy. What you entered was not saved.',
    },
  },
}

export function errorTitle(error: ErrorFacts, language: Language): string {
  return textOf(error).title[language]
}

/** Stands in either frame. */
export function ErrorPage({ language, error, wayOn, forbidden }: ErrorPageProps): JSX.Element {
  const { status, number, retryAfterSeconds, typed = [], page } = error
  const isForbidden = status === 403 && !error.isFromElsewhere && !error.onlyLooks
  const { title, lead, remedy } = { ...textOf(error), ...(isForbidden && forbidden) }
  const text = inLanguage(words, language)
  return (
    <div class="error-page">
      <PageHeading above={String(status)} heading={title[language]} lead={lead[language]} tall />
      {remedy && <p>{remedy[language]}</p>}
      {retryAfterSeconds !== undefined && <p>{text.reload(retryAfterSeconds)}</p>}
      {number !== undefined && (
        <Panel>
          <Facts
            facts={[
              ...(error.refusedAt === undefined ? [] : [{ term: text.address, value: error.refusedAt }]),
              { term: text.reference, value: <Reference number={number} /> },
            ]}
          />
        </Panel>
      )}
      {typed.length > 0 && (
        <Section heading={text.typed}>
          <p>{text.typedHint}</p>
          <Facts facts={typed.map(({ label, text: value }) => ({ term: label, value }))} />
        </Section>
      )}
      <ButtonRow>
        {page !== undefined && (
          <ButtonLink kind="secondary" href={page}>
            {text.seeNow}
          </ButtonLink>
        )}
        <ButtonLink kind="secondary" href={wayOn.href}>
          {wayOn.label[language]}
        </ButtonLink>
      </ButtonRow>
    </div>
  )
}

function textOf({ status, refusedAt, isFromElsewhere, onlyLooks: isOfLook }: ErrorFacts): ErrorText {
  if (isOfLook) return onlyLooks
  if (refusedAt !== undefined) return refusedAddress
  return isFromElsewhere ? fromElsewhere : texts[status]
}

/** Nothing that a translating browser may touch. */
function Reference({ number }: { number: string }): JSX.Element {
  return <b {...untranslated}>{number}</b>
}
