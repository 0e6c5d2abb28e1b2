import { beginHandOver } from '#features/hand-over/begin.ts'
import { addressOn, settingsLinks } from '#sites/frame/between-sites.ts'
import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { type Redirect, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

const words = {
  title: { ja: `${serviceLabels.settingsSite.ja}を開けませんでした`, en: 'The settings site could not be opened' },
  why: {
    ja: `この画面は、${serviceLabels.settingsSite.ja}から開きます。サービスメニューでサービスを選び、もう一度お進みください。`,
    en: 'This page is opened by the settings site. Choose the service on the service menu and try again.',
  },
  menu: { ja: 'サービスメニューに戻る', en: 'Back to the service menu' },
}

/**
 * Where the settings site sends whoever it does not know yet: the portal's session is handed over to the browser that asks.
 * The address that it leads to is the configured one, and the settings site judges where on it the reader may go.
 */
export const signOnToSettingsPage = portal.page({
  path: paths.signOnToSettings,
  allow: 'user',
  isClosedToLooks: true,
  words,
  changesByLooking: true,
  async load(ctx, { query: { challenge = '', to = '' } }): Promise<object | Redirect> {
    const code = await beginHandOver(ctx, challenge)
    return code === undefined ? {} : redirect(addressOn(ctx.settingsUrl, settingsLinks.finishSignOn, { code, to }))
  },
  title: ({ words: text }) => text.title,
  view: ({ words: text }) => (
    <>
      <PageHeading heading={text.title} lead={text.why} tall />
      <div>
        <ButtonLink href={paths.serviceMenu}>{text.menu}</ButtonLink>
      </div>
    </>
  ),
})
