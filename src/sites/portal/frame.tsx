import type { VNode } from 'preact'
import type { Brand } from '#sites/frame/brand.tsx'
import { Document } from '#sites/frame/document.tsx'
import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { PortalFrame } from '#sites/frame/portal-frame.tsx'
import { VisitorFrame } from '#sites/frame/visitor-frame.tsx'
import { type Operator } from '#features/operators/find.ts'
import type { MenuFault, ServiceMenu } from '#features/service-menu/find.ts'
import type { Actor } from '#features/actor.ts'
import { longestSession } from '#features/sessions/start.ts'
import { endOf } from '#features/sessions/use.ts'
import { hours } from '#platform/time/duration.ts'
import { AlertBar } from '#platform/ui/layout/alert-bar.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Assets } from '#platform/web/assets.ts'
import type { FrameContent } from '#platform/web/site.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { sideOf, supportLinksOf, tabsOf } from './navigation.ts'
import { paths } from './paths.ts'
import { profileWords } from './profile/links.ts'

interface Surroundings {
  assets: Assets
  language: Language
  now: Date
  shown: FrameContent
}

/** Round a page of somebody who is signed in. */
export function signedInDocument(
  { assets, language, now, shown }: Surroundings,
  actor: Actor,
  menu: ServiceMenu,
): VNode {
  const { path, tokenFor, notice } = shown
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
        searchPath={paths.search}
        customer={{ name: actor.customer.name }}
        user={{
          name: actor.name,
          links: [
            { label: profileWords.profile, href: paths.profile },
            { label: profileWords.display, href: paths.display },
          ],
          signOut: form(paths.signOut),
        }}
        tabs={tabsOf(shown, actor)}
        side={sideOf(shown, menu)}
        supportLinks={supportLinksOf(shown, menu)}
        opinionPath={`${paths.feedback}?${new URLSearchParams({ page: path })}`}
        session={{
          endsAt: endOf(actor),
          limitAt: actor.endsAt,
          idleMinutes: actor.idleMinutes,
          limitHours: longestSession / hours,
          statePath: paths.session,
          extend: form(paths.extendSession),
          signInPath: `${paths.signIn}?${new URLSearchParams({ return: path + shown.search })}`,
        }}
        alerts={<Faults faults={menu.faults} actor={actor} language={language} now={now} />}
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

const sizes: Readonly<Record<string, 'wide' | 'extra'>> = { landing: 'extra', 'first-login': 'wide' }

/** Round a page before the login. */
export function visitorDocument(
  { assets, language, shown }: Omit<Surroundings, 'now'>,
  operator: Operator | null,
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
        size={sizes[shown.section ?? '']}
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
  check: {
    ja: `${serviceLabels.worksAndFaults.ja}を確認する`,
    en: 'See works and faults',
  },
}

interface Told {
  faults: readonly MenuFault[]
  actor: Actor
  language: Language
  now: Date
}

function Faults({ faults, actor, language, now }: Told) {
  const text = inLanguage(faultWords, language)
  const alerts = faults.map((fault) => ({
    key: fault.id,
    text: text.fault(
      [fault.service.name[language], fault.site].filter(Boolean).join(' '),
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
    link: { label: text.check, href: paths.incidents },
  }))
  return <AlertBar language={language} alerts={alerts} />
}

function brandOf(operator: Operator | null): Brand {
  return {
    operatorName: operator?.name ?? { ja: '', en: '' },
    slogan: operator?.slogan,
    logoPath: operator?.logoVersion ? `${paths.logo}?v=${operator.logoVersion}` : undefined,
    footerLinks: (operator?.links ?? []).map(({ ja, en, url }) => ({ label: { ja, en }, href: url })),
  }
}

function hasProblems({ form }: FrameContent): boolean {
  return form !== undefined && form.problems.length > 0
}

/** Relative, so that no path of ours can ever name another host. */
function otherLanguage({ search }: FrameContent, language: Language): string {
  const query = new URLSearchParams(search)
  query.set('lang', language === 'ja' ? 'en' : 'ja')
  return `?${query}`
}
