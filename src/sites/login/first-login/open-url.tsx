import { signInLabels } from '#sites/frame/guide-labels.ts'
import { recordRefusal } from '#features/address-limits/refuse.ts'
import { findFirstLogin, type FirstLogin } from '#features/first-login/find.ts'
import type { Visitor } from '#platform/context.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { type Redirect, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'
import { stepCookie, stepPaths } from './steps.tsx'

const words = {
  void: { ja: 'このURLは使用できません', en: 'This URL cannot be used' },
  voidWhy: {
    ja: '有効期限が過ぎたか、登録がすでに終わったか、新しいURLが発行されています。本人確認や認証コードに続けて失敗したときも、使用できなくなります。',
    en: 'It has expired, was used, or a newer one was sent. It also stops working after several failed identity checks or codes.',
  },
  voidNext: {
    ja: `最新のメールのURLを開くか、「${signInLabels.resetPassword.ja}」から新しいURLを発行してください。登録がお済みの場合は、そのままログインできます。`,
    en: `Open the URL of the newest mail, or choose “${signInLabels.resetPassword.en}” to get a new one. If you have registered already, just log in.`,
  },
  refused: { ja: 'このIPアドレスからは利用できません', en: 'You cannot use the portal from this address' },
  refusedWhy: {
    ja: '御社のアクセス制限設定により、いまお使いのネットワークからは登録やパスワードの設定ができません。',
    en: 'Your company allows the portal to be used from certain networks alone, and you are not in one of them.',
  },
  refusedNext: {
    ja: '許可されたネットワークから、もう一度メールのURLを開くか、御社のポータル管理者にお問い合わせください。',
    en: 'Open the URL of the mail again from an allowed network, or ask a portal administrator of your company.',
  },
  cookieless: { ja: 'ブラウザがCookieを保存しない設定になっています', en: 'Your browser keeps no cookies' },
  cookielessWhy: {
    ja: 'パスワードの設定は、開いたブラウザでCookieを使って続けます。URLはまだ使用できます。',
    en: 'The steps that follow need cookies in the browser they are taken in. The URL itself is still good.',
  },
  cookielessNext: {
    ja: 'このサイトのCookieを許可してから、もう一度メールのURLを開いてください。',
    en: 'Allow cookies for this site, then open the URL of the mail again.',
  },
  reissue: signInLabels.resetPassword,
  signIn: signInLabels.signIn,
}

interface Data {
  /** Why the way ends here. */
  state: 'void' | 'refused' | 'cookieless'
}

/**
 * Where the URL of a mail leads. It changes nothing, for mail scanners open it first; the key goes from the address into a
 * cookie at once. What is left to be seen here is that a URL is not good.
 */
export const openUrlPage = loginRoom.page({
  path: paths.firstLogin,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  section: 'first-login',
  // That somebody was refused is noted.
  changesByLooking: true,
  async load(ctx, { query: { key, cookies: sent }, cookies }): Promise<Data | Redirect> {
    const own = await findFirstLogin(ctx, cookies['first-login'] ?? '')
    if (own?.isRefused && key === undefined) return refuse(ctx, own)
    if (key === undefined) {
      if (own) return redirect(stepPaths[own.step])
      if (ctx.actor) return redirect(ctx.site.home)
      return { state: sent === 'none' && Object.keys(cookies).length === 0 ? 'cookieless' : 'void' }
    }
    const opened = await findFirstLogin(ctx, key)
    if (!opened) return redirect(paths.firstLogin)
    if (opened.isRefused) return refuse(ctx, opened)
    // The browser that has shown the identity goes on where it was.
    if (own?.id === opened.id) return redirect(stepPaths[own.step])
    return redirect(paths.firstLoginIdentity, { cookies: [stepCookie(key)] })
  },
  title: ({ data: { state }, words: text }) => text[state],
  view: ({ data: { state }, words: text }) => (
    <Panel roomy>
      <PageHeading heading={text[state]} lead={text[`${state}Why`]} tall />
      <p>{text[`${state}Next`]}</p>
      {state !== 'cookieless' && (
        <div>
          <ButtonLink href={paths.reissue}>{text.reissue}</ButtonLink>
        </div>
      )}
      <ul class="side-notes">
        <li>
          <a href={paths.signIn}>{text.signIn}</a>
        </li>
      </ul>
    </Panel>
  ),
})

async function refuse(visitor: Visitor, { customerId, userId, user }: FirstLogin): Promise<Data> {
  await recordRefusal(visitor, { customerId, userId, userName: user.name })
  return { state: 'refused' }
}
