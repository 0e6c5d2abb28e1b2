import { signInLabels } from '#sites/frame/guide-labels.ts'
import { findFirstLogin } from '#features/first-login/find.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { type Redirect, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { stepCookie, stepPaths } from './steps.tsx'

const words = {
  title: { ja: 'このURLは使用できません', en: 'This URL cannot be used' },
  why: {
    ja: '有効期限が過ぎたか、登録がすでに終わったか、新しいURLが発行されています。本人確認や認証コードに続けて失敗したときも、使用できなくなります。',
    en: 'It has expired, was used, or a newer one was sent. It also stops working after several failed identity checks or codes.',
  },
  next: {
    ja: `最新のメールのURLを開くか、「${signInLabels.resetPassword.ja}」から新しいURLを発行してください。登録がお済みの場合は、そのままログインできます。`,
    en: `Open the URL of the newest mail, or choose “${signInLabels.resetPassword.en}” to get a new one. If you have registered already, just log in.`,
  },
  reissue: signInLabels.resetPassword,
  signIn: signInLabels.signIn,
}

/**
 * Where the URL of a mail leads. It changes nothing, for mail scanners open it first; the key goes from the address into a
 * cookie at once. What is left to be seen here is that a URL is not good.
 */
export const openUrlPage = portal.page({
  path: paths.firstLogin,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  section: 'first-login',
  async load(ctx, { query: { key }, cookies }): Promise<object | Redirect> {
    const own = await findFirstLogin(ctx, cookies['first-login'] ?? '')
    if (key === undefined) return own ? redirect(stepPaths[own.step]) : ctx.actor ? redirect(paths.serviceMenu) : {}
    const opened = await findFirstLogin(ctx, key)
    if (!opened) return redirect(paths.firstLogin)
    // The browser that has shown the identity goes on where it was.
    if (own?.id === opened.id) return redirect(stepPaths[own.step])
    return redirect(paths.firstLoginIdentity, { cookies: [stepCookie(key)] })
  },
  title: ({ words: text }) => text.title,
  view: ({ words: text }) => (
    <Panel roomy>
      <PageHeading heading={text.title} lead={text.why} tall />
      <p>{text.next}</p>
      <div>
        <ButtonLink href={paths.reissue}>{text.reissue}</ButtonLink>
      </div>
      <ul class="side-notes">
        <li>
          <a href={paths.signIn}>{text.signIn}</a>
        </li>
      </ul>
    </Panel>
  ),
})
