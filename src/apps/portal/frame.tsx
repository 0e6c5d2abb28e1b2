import type { VNode } from 'preact'
import type { Brand, FrameLink } from '#apps/frame/brand.tsx'
import { Document } from '#apps/frame/document.tsx'
import { menuLabels } from '#apps/frame/guide-labels.ts'
import type { NavigationCategory, SideNavigation } from '#apps/frame/navigation.tsx'
import { PortalFrame } from '#apps/frame/portal-frame.tsx'
import { VisitorFrame } from '#apps/frame/visitor-frame.tsx'
import { type Operator } from '#features/operators/find.ts'
import type { MenuService, ServiceMenu } from '#features/service-menu/find.ts'
import type { Actor } from '#features/sessions/actor.ts'
import { endOf } from '#features/sessions/use.ts'
import { AlertBar } from '#platform/ui/alert-bar.tsx'
import { Notice } from '#platform/ui/notice.tsx'
import { Time } from '#platform/ui/time.tsx'
import type { Assets } from '#platform/web/assets.ts'
import type { Shown } from '#platform/web/site.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from './paths.ts'
import { profileLinks, profileWords } from './profile/links.ts'
import { serviceAnchor } from './service-menu/anchor.ts'

interface Surroundings {
  assets: Assets
  language: Language
  now: Date
  shown: Shown
}

/** Round a page of somebody who is signed in. */
export function signedInDocument(
  { assets, language, now, shown }: Surroundings,
  actor: Actor,
  menu: ServiceMenu,
): VNode {
  const { path, section, tokenFor, notice } = shown
  const form = (action: string): { action: string; token: string } => ({ action, token: tokenFor(action) })
  return (
    <Document
      language={language}
      title={shown.title}
      assets={assets}
      frame="shell"
      theme={actor.theme === 'system' ? undefined : actor.theme}
      noShortcut={!actor.shortcuts}
      iconPath={brandOf(menu.operator).logoPath}
      hasProblems={hasProblems(shown)}
    >
      <PortalFrame
        language={language}
        now={now}
        timeZone={actor.timeZone}
        brand={brandOf(menu.operator)}
        homePath={paths.serviceMenu}
        languageHref={otherLanguage(shown, language)}
        customer={{ name: actor.customer.name }}
        user={{
          name: actor.name,
          links: [
            { label: profileWords.profile, href: paths.profile },
            { label: profileWords.display, href: paths.display },
          ],
          signOut: form(paths.signOut),
        }}
        tabs={[
          {
            label: menuLabels.chooseService,
            href: paths.serviceMenu,
            current: path === paths.serviceMenu ? 'page' : section === 'services' ? 'section' : undefined,
          },
        ]}
        side={sideOf(shown, menu)}
        supportLinks={[]}
        session={{
          endsAt: endOf(actor),
          idleMinutes: actor.idleMinutes,
          statePath: paths.session,
          extend: form(paths.extendSession),
          signInPath: `${paths.signIn}?${new URLSearchParams({ return: path + shown.search })}`,
        }}
        alerts={<Faults menu={menu} actor={actor} language={language} now={now} />}
        notice={
          notice && (
            <Notice kind="ok" live>
              {notice}
            </Notice>
          )
        }
      >
        {shown.main}
      </PortalFrame>
    </Document>
  )
}

/** Round a page before the login. */
export function visitorDocument(
  { assets, language, shown }: Omit<Surroundings, 'now'>,
  operator: Operator | undefined,
): VNode {
  return (
    <Document
      language={language}
      title={shown.title}
      assets={assets}
      frame="visitor"
      hasProblems={hasProblems(shown)}
      iconPath={brandOf(operator).logoPath}
    >
      <VisitorFrame
        language={language}
        brand={brandOf(operator)}
        homePath={paths.landing}
        languageHref={otherLanguage(shown, language)}
        {...(shown.section === 'landing' && { size: 'extra' })}
      >
        {shown.notice && (
          <Notice kind="info" live>
            {shown.notice}
          </Notice>
        )}
        {shown.main}
      </VisitorFrame>
    </Document>
  )
}

const faultWords = {
  fault: {
    ja: (where: string, contract: string, title: string) => `${where}（${contract}） ${title}`,
    en: (where: string, contract: string, title: string) => `${where} (${contract}): ${title}`,
  },
  updatedBefore: { ja: '', en: 'Updated ' },
  updatedAfter: { ja: ' 更新', en: '' },
}

function Faults({ menu, actor, language, now }: { menu: ServiceMenu; actor: Actor; language: Language; now: Date }) {
  const text = inLanguage(faultWords, language)
  const alerts = menu.faults.map((fault) => ({
    key: fault.id,
    text: text.fault(
      [fault.service[language], fault.site].filter(Boolean).join(' '),
      fault.contractNumber,
      fault.title[language],
    ),
    updated: (
      <>
        {text.updatedBefore}
        <Time at={fault.updatedAt} zone={actor.timeZone} language={language} now={now} />
        {text.updatedAfter}
      </>
    ),
  }))
  return <AlertBar language={language} alerts={alerts} />
}

function sideOf({ path, section }: Shown, menu: ServiceMenu): SideNavigation {
  if (section !== 'profile') return { kind: 'services', categories: categoriesOf(menu.services) }
  const links = profileLinks.map((link): FrameLink & { current?: 'page' } => ({
    ...link,
    ...(link.href === path && { current: 'page' }),
  }))
  return { kind: 'area', heading: profileWords.profile, links }
}

/** In the operator's order; the services come sorted by it. */
function categoriesOf(services: readonly MenuService[]): NavigationCategory[] {
  const byCategory = Map.groupBy(services, ({ category }) => category.ja)
  return [...byCategory.values()].flatMap((members) => {
    const [first] = members
    if (!first) return []
    return [
      {
        name: first.category,
        services: members.map(({ code, name, contracts }) => ({
          label: name,
          href: `${paths.serviceMenu}#${serviceAnchor(code)}`,
          troubles: contracts.fault,
        })),
      },
    ]
  })
}

function brandOf(operator: Operator | undefined): Brand {
  return {
    operatorName: operator?.name ?? { ja: '', en: '' },
    slogan: operator?.slogan,
    logoPath: operator?.logoVersion ? `${paths.logo}?v=${operator.logoVersion}` : undefined,
    footerLinks: (operator?.links ?? []).map(({ ja, en, url }) => ({ label: { ja, en }, href: url })),
  }
}

function hasProblems({ form }: Shown): boolean {
  return form !== undefined && form.problems.length > 0
}

/** Relative, so that no path of ours can ever name another host. */
function otherLanguage({ search }: Shown, language: Language): string {
  const query = new URLSearchParams(search)
  query.set('lang', language === 'ja' ? 'en' : 'ja')
  return `?${query}`
}
