import type { Operator } from '#features/operators/find.ts'
import type { JSX } from 'preact'
import type { Language, Phrase } from '#platform/words.ts'
import { siteLabels } from './guide-labels.ts'

/** Who runs the portal. */
export interface Brand {
  operatorName: Phrase
  slogan?: Phrase | undefined
  logoPath?: string | undefined
  footerLinks: readonly FrameLink[]
  /** Absent: the portal's. */
  site?: SiteName | undefined
}

/** What a site is called, and for whom it is. */
export interface SiteName {
  name: Phrase
  above: Phrase
}

const portalName: SiteName = { name: siteLabels.businessPortal, above: siteLabels.customerSite }

export interface FrameLink {
  label: Phrase
  href: string
}

/** `logo`: where the operator's is, on the site itself. */
export function brandOf(
  operator: Operator | null,
  { logo, site }: { logo: string; site?: SiteName | undefined },
): Brand {
  return {
    site,
    operatorName: operator?.name ?? { ja: '', en: '' },
    slogan: operator?.slogan,
    logoPath: operator?.logoVersion ? `${logo}?v=${operator.logoVersion}` : undefined,
    footerLinks: (operator?.links ?? []).map(({ ja, en, url }) => ({ label: { ja, en }, href: url })),
  }
}

export interface BrandMarkProps {
  language: Language
  brand: Brand
  href: string
}

export function BrandMark({ language, brand, href }: BrandMarkProps): JSX.Element {
  const { name, above } = brand.site ?? portalName
  return (
    <a class="brand" href={href}>
      {/* The name stands beside it. */}
      {brand.logoPath && <img class="brand-logo" src={brand.logoPath} alt="" height="32" />}
      {/* Nobody is known where the page is drawn without the database. */}
      {brand.operatorName[language] && (
        <span class="brand-operator">
          {brand.operatorName[language]}
          {brand.slogan && <span class="brand-small">{brand.slogan[language]}</span>}
        </span>
      )}
      <span class="brand-site">
        <span class="brand-small">{above[language]}</span>
        {name[language]}
      </span>
    </a>
  )
}
