import type { ComponentChildren, JSX } from 'preact'
import type { Contract } from '#features/contracts/find.ts'
import { settingsLabels } from '#sites/frame/guide-labels.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import type { Changed as ChangedSettings } from '#features/line-changes/change.ts'
import { contractIn, linkWords } from '../links.ts'
import { paths } from '../paths.ts'

const words = {
  customerNumber: settingsLabels.customerNumber,
  where: { ja: (parts: string) => `（${parts}）`, en: (parts: string) => ` (${parts})` },
  between: { ja: '・', en: ', ' },
  readOnly: {
    ja: '変更するには編集の権限が必要です。御社のポータル管理者にご相談ください。',
    en: 'To change this you need the right to edit. Ask your portal administrator.',
  },
  changed: { ja: '変更を適用しました。', en: 'The change is in force.' },
  nothingChanged: { ja: '変更した項目はありませんでした。', en: 'Nothing was different, so nothing was changed.' },
  undo: { ja: '元に戻す', en: 'Undo' },
}

/** The way from a list to the file of it. */
export const bringWords: Phrase = { ja: 'CSVで取り込む', en: 'Import from CSV' }

export interface LineHeadingProps {
  language: Language
  /** That the page is about. */
  contract: Pick<Contract, 'id' | 'number' | 'site' | 'memo' | 'mayEdit'>
  heading: string
  /** The pages between the top page and this one. */
  trail?: readonly { label: string; href: string }[]
  /** What else stands beside the heading. */
  about?: ComponentChildren
  actions?: ComponentChildren
  /** The change that has just been made, as the address names it. */
  changed?: string | undefined
}

/** Above every page below the top page: whose settings these are, so that nobody changes those of another contract. */
export function LineHeading(props: LineHeadingProps): JSX.Element {
  const { language, contract, heading, trail = [], about, actions, changed } = props
  const text = inLanguage(words, language)
  const parts = [contract.site, contract.memo].filter(Boolean).join(text.between)
  return (
    <>
      <Breadcrumb
        language={language}
        trail={[{ label: linkWords.top[language], href: paths.top({ contract: contract.id }) }, ...trail]}
        current={heading}
      />
      <PageHeading
        heading={heading}
        lead={
          <>
            {text.customerNumber} <b class="number">{contract.number}</b>
            {parts && text.where(parts)}
            {about && <> {about}</>}
          </>
        }
        actions={actions}
      />
      {changed !== undefined && <Changed contract={contract.id} changed={changed} language={language} />}
      {!contract.mayEdit && <Notice kind="info">{text.readOnly}</Notice>}
    </>
  )
}

function Changed({ contract, changed, language }: { contract: string; changed: string; language: Language }) {
  const text = inLanguage(words, language)
  if (!/^\d{1,15}$/.test(changed))
    return (
      <Notice kind="info" live>
        {text.nothingChanged}
      </Notice>
    )
  return (
    <Notice kind="ok" live action={<a href={paths.lineChange({ contract, change: changed })}>{text.undo}</a>}>
      {text.changed}
    </Notice>
  )
}

/** The address of a page that says that something has been changed; or of what was reserved, for until then the page may not be there. */
export function withChanged(
  path: string,
  changed: Pick<ChangedSettings<unknown>, 'changeId' | 'reservationId'>,
): string {
  const { changeId, reservationId } = changed
  if (reservationId === undefined) return `${path}?changed=${changeId ?? 'nothing'}`
  return `${paths.reservation({ contract: contractIn(path) ?? '', id: reservationId })}?reserved=new`
}
