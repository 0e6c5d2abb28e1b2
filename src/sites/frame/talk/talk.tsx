import type { JSX } from 'preact'
import type { Attachment } from '#features/attachments/attachment.ts'
import type { TicketMessage } from '#features/tickets/find.ts'
import { Icon } from '#platform/ui/text/icon.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { ticketStateWords } from '../states/ticket-state.tsx'
import { sizeInWords } from './file-size.ts'

const words = {
  customer: { ja: 'お客様', en: 'Customer' },
  operator: { ja: '通信事業者', en: 'Operator' },
  system: { ja: '自動', en: 'Automatic' },
  became: {
    ja: (state: string) => `状況が「${state}」になりました。`,
    en: (state: string) => `It is now: ${state}.`,
  },
  download: { ja: 'ダウンロードする', en: 'Download' },
  unchecked: { ja: 'ウイルス検査：未実施', en: 'Not checked for malware' },
  downloadOf: { ja: (name: string) => `${name}をダウンロードする`, en: (name: string) => `Download ${name}` },
}

/** Where a file is to be had, and where it is shown if it is a picture. */
export interface FileLinks {
  file: (id: string) => string
  picture: (id: string) => string
}

export interface TalkProps {
  messages: readonly TicketMessage[]
  links: FileLinks
  reader: Reader
}

/** 対応ログ: what was written, in order. */
export function Talk({ messages, links, reader }: TalkProps): JSX.Element {
  return (
    <ol class="talk">
      {messages.map((message) => (
        <li key={message.number} class={`talk-by-${message.by}`} id={`message-${message.number}`}>
          <Message message={message} links={links} reader={reader} />
        </li>
      ))}
    </ol>
  )
}

interface MessageProps extends Omit<TalkProps, 'messages'> {
  message: TicketMessage
}

function Message({ message, links, reader: { language, timeZone: zone, now } }: MessageProps) {
  const text = inLanguage(words, language)
  const { by, author, at, stateAfter, files } = message
  return (
    <article>
      <header>
        <strong>{author === '' ? text[by] : author}</strong>
        {author !== '' && <span class="small-text">{text[by]}</span>}
        <span class="small-text talk-time">
          <Time at={at} zone={zone} language={language} now={now} />
        </span>
      </header>
      {message.text !== '' && (
        <p class="talk-text">
          <WithLinks text={message.text} />
        </p>
      )}
      {files.length > 0 && (
        <ul class="talk-files">
          {files.map((file) => (
            <li key={file.id}>
              <FileOf file={file} links={links} language={language} />
            </li>
          ))}
        </ul>
      )}
      {stateAfter && <p class="small-text">{text.became(ticketStateWords[stateAfter][language])}</p>}
    </article>
  )
}

function FileOf({ file, links, language }: { file: Attachment; links: FileLinks; language: Language }) {
  const text = inLanguage(words, language)
  const { id, name, size, state } = file
  // A picture that we have drawn, and nothing else, has a width.
  const isPicture = file.width !== null
  return (
    <>
      {isPicture && (
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

/** What people write is text; addresses that begin with https lead on, and say nothing of where they were found. */
function WithLinks({ text }: { text: string }): JSX.Element {
  const parts = text.split(/(https:\/\/[^\s<>"'「」（）、。]+)/)
  return (
    <>
      {parts.map((part, at) =>
        at % 2 === 1 && URL.canParse(part) ? (
          <a href={part} rel="noopener noreferrer" key={`${at} ${part}`}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  )
}
