import type { JSX } from 'preact'
import type { Attachment } from '#features/attachments/attachment.ts'
import { ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import { sizeInWords } from '#sites/frame/talk/file-size.ts'

export const openFileTitle: Phrase = { ja: '添付ファイルのダウンロード', en: 'Download a file' }

const words = {
  unchecked: { ja: 'ウイルス検査：未実施', en: 'Not checked for malware' },
  care: {
    ja: 'お客様から届いたままのファイルです。安全な環境で開いてください。',
    en: 'The file is as the customer sent it. Open it where it can do no harm.',
  },
  download: { ja: 'ダウンロードする', en: 'Download' },
}

interface OpenFileProps {
  file: Attachment
  language: Language
  back: { label: string; href: string }
  /** Of the file itself. */
  href: string
}

/** Nothing has looked for malware in it: who opens a customer's file is told so first. */
export function OpenFile({ file, language, back, href }: OpenFileProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <>
      <PageHeading heading={file.name} lead={sizeInWords(file.size, language)} />
      <Notice kind="warning" heading={text.unchecked}>
        {text.care}
      </Notice>
      <ButtonRow>
        <ButtonLink kind="secondary" href={back.href}>
          {back.label}
        </ButtonLink>
        <ButtonLink href={href}>{text.download}</ButtonLink>
      </ButtonRow>
    </>
  )
}
