import type { JSX } from 'preact'
import type { TicketMessage } from '#features/tickets/find.ts'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { ticketStateWords } from '../states/ticket-state.tsx'
import { type FileLinks, Files } from './files.tsx'

const words = {
  customer: { ja: 'お客様', en: 'Customer' },
  operator: { ja: '通信事業者', en: 'Operator' },
  system: { ja: '自動', en: 'Automatic' },
  became: {
    ja: (state: string) => `状況が「${state}」になりました。`,
    en: (state: string) => `It is now: ${state}.`,
  },
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
      {files.length > 0 && <Files files={files} links={links} language={language} />}
      {stateAfter && <p class="small-text">{text.became(ticketStateWords[stateAfter][language])}</p>}
    </article>
  )
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
