import { announced, findSiteState } from '#features/site-state/find.ts'
import { addressOn, portalLinks } from '#sites/frame/between-sites.ts'
import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { MaintenanceNotice } from '#sites/frame/maintenance-notice.tsx'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { redirect } from '#platform/web/page.ts'
import { paths } from './paths.ts'
import { settings } from './site.tsx'

const words = {
  title: serviceLabels.settingsSite,
  lead: {
    ja: '設定を変更するご契約は、ビジネスポータルで選びます。',
    en: 'Choose on the portal the contract whose settings you want to change.',
  },
  portal: { ja: 'ビジネスポータルへ進む', en: 'Go to the portal' },
}

/** The site without a contract; what is seen after the logout, too. */
export const frontPage = settings.page({
  path: paths.front,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  async load({ tx, portalUrl }) {
    const [own, portals] = await Promise.all([findSiteState(tx, 'settings'), findSiteState(tx, 'portal')])
    return { portal: addressOn(portalUrl, portalLinks.serviceMenu), own, portals }
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { portal, own, portals }, words: text, reader }) => (
    <>
      <MaintenanceNotice site="settings" announced={announced(own, reader.now)} reader={reader} />
      <MaintenanceNotice site="portal" announced={announced(portals, reader.now)} reader={reader} />
      <Panel roomy>
        <PageHeading heading={text.title} lead={text.lead} tall />
        <div>
          <ButtonLink href={portal}>{text.portal}</ButtonLink>
        </div>
      </Panel>
    </>
  ),
})

/** Nobody logs in here: whoever is led to a login begins at the front. */
export const signInPage = settings.page({
  path: paths.signIn,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  load: async () => redirect(paths.front),
  title: ({ words: text }) => text.title,
  view: () => <></>,
})
