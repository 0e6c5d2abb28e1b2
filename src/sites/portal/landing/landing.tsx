import { announced, findSiteState } from '#features/site-state/find.ts'
import { signInLabels, siteLabels } from '#sites/frame/guide-labels.ts'
import { MaintenanceNotice } from '#sites/frame/maintenance-notice.tsx'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

const words = {
  title: siteLabels.businessPortal,
  lead: {
    ja: 'ご契約の内容と運用状況、お申し込みの進捗、故障・お問い合わせの状況を確認し、サービスの設定を変更できます。',
    en: 'See your contracts and how they are running, your orders, faults and inquiries, and change the settings of your services.',
  },
  signIn: signInLabels.signIn,
  firstTime: {
    ja: '開通案内のメールを受け取った方は、メールの「ビジネスポータルパスワード登録URL」を開いてください。',
    en: 'If you have received the opening mail, open the “Business Portal password registration URL” in it.',
  },
  how: { ja: 'パスワードの設定手順を確認する', en: 'How to set your password' },
  forgotten: { ja: 'パスワードをお忘れの方、URLの有効期限が過ぎた方：', en: 'Forgotten password, or expired URL: ' },
  reset: signInLabels.resetPassword,
}

/** The first page anybody sees who is not signed in. */
export const landingPage = portal.page({
  path: paths.landing,
  allow: 'anybody',
  words,
  load: async ({ tx, actor }) => (actor ? redirect(paths.serviceMenu) : { state: await findSiteState(tx, 'portal') }),
  title: ({ words: text }) => text.title,
  section: 'landing',
  view: ({ data: { state }, words: text, reader }) => (
    <div class="landing">
      <div>
        <MaintenanceNotice site="portal" announced={announced(state, reader.now)} reader={reader} />
        <h1>{text.title}</h1>
        <p class="landing-lead">{text.lead}</p>
        <ButtonLink href={paths.signIn}>{text.signIn}</ButtonLink>
        <div class="side-notes">
          <p>
            {text.firstTime} <a href={paths.firstLoginHelp}>{text.how}</a>
          </p>
          <p>
            {text.forgotten}
            <a href={paths.reissue}>{text.reset}</a>
          </p>
        </div>
      </div>
    </div>
  ),
})
