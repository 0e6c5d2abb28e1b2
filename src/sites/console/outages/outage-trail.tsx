import type { JSX } from 'preact'
import type { Outage } from '#features/outages/outage.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import type { Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { outagesTitle } from './words.ts'

interface TrailProps {
  outage: Pick<Outage, 'id' | 'title'>
  language: Language
  /** Of what is done about it; absent: its own page. */
  current?: string
}

export function OutageTrail({ outage: { id, title }, language, current }: TrailProps): JSX.Element {
  const list = { label: outagesTitle[language], href: paths.outages }
  const own = { label: title[language], href: paths.outage({ id }) }
  return (
    <Breadcrumb
      language={language}
      trail={current === undefined ? [list] : [list, own]}
      current={current ?? title[language]}
    />
  )
}
