import { signInLabels, siteLabels } from '#apps/frame/guide-labels.ts'
import { ButtonLink } from '#platform/ui/button.tsx'
import { paths } from '../paths.ts'
import { portalPage } from '../portal-page.ts'

const words = {
  title: siteLabels.businessPortal,
  lead: {
    ja: 'ご契約の内容と運用状況、お申し込みの進捗、故障・お問い合わせの状況を確認し、サービスの設定を変更できます。',
    en: 'See your contracts and how they are running, your orders, faults and inquiries, and change the settings of your services.',
  },
  signIn: signInLabels.signIn,
  continue: { ja: 'サービスメニューを開く', en: 'Open the service menu' },
}

/** The first page anybody sees. */
export const landingPage = portalPage({
  path: paths.landing,
  allow: 'anybody',
  words,
  load: async ({ actor }) => ({ isSignedIn: actor !== undefined }),
  title: ({ words: text }) => text.title,
  section: 'landing',
  view: ({ data, words: text }) => (
    <div class="landing">
      <div>
        <h1>{text.title}</h1>
        <p class="landing-lead">{text.lead}</p>
        {data.isSignedIn ? (
          <ButtonLink href={paths.serviceMenu}>{text.continue}</ButtonLink>
        ) : (
          <ButtonLink href={paths.signIn}>{text.signIn}</ButtonLink>
        )}
      </div>
    </div>
  ),
})
