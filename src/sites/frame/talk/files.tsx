import type { JSX } from 'preact'
import type { Attachment } from '#features/attachments/attachment.ts'
import { Icon } from '#platform/ui/text/icon.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { sizeInWords } from './file-size.ts'

const words = {
  download: { ja: 'ダウンロードする', en: 'Download' },
  unchecked: { ja: 'ウイルス検査：未実施', en: 'Not checked for malware' },
  downloadOf: { ja: (name: string) => `${name}をダウンロードする`, en: (name: string) => `Download ${name}` },
}

/** Where a file is to be had, and where it is shown if it is a picture. */
export interface FileLinks {
  file: (id: string) => string
  /** Absent: none is shown. */
  picture?: (id: string) => string
}

interface FilesProps {
  files: readonly Attachment[]
  links: FileLinks
  language: Language
}

/** Files that came with something, to be downloaded; pictures are shown. */
export function Files({ files, links, language }: FilesProps): JSX.Element {
  return (
    <ul class="talk-files">
      {files.map((file) => (
        <li key={file.id}>
          <FileOf file={file} links={links} language={language} />
        </li>
      ))}
    </ul>
  )
}

function FileOf({ file, links, language }: { file: Attachment; links: FileLinks; language: Language }) {
  const text = inLanguage(words, language)
  const { id, name, size, state } = file
  // A picture that we have drawn, and nothing else, has a width.
  const isPicture = file.width !== null
  return (
    <>
      {isPicture && links.picture && (
        <a class="talk-picture" href={links.picture(id)}>
          <img src={links.picture(id)} alt={name} loading="lazy" {...shownSize(file)} />
        </a>
      )}
      <span class="talk-file">
        <Icon name={isPicture ? 'image' : 'document'} />
        <span>
          <bdi class="talk-name">{name}</bdi> <span class="small-text whole">{sizeInWords(size, language)}</span>
          <br />
          <a href={links.file(id)} aria-label={text.downloadOf(name)}>
            {text.download}
          </a>{' '}
          {state === 'unchecked' && <span class="small-text whole">{text.unchecked}</span>}
        </span>
      </span>
    </>
  )
}

/** As large as there is room for it beside what is written. */
function shownSize({ width, height }: Attachment): { width?: number; height?: number } {
  if (width === null || height === null) return {}
  const scale = Math.min(1, 320 / width, 240 / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
