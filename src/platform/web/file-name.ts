import { wallClock } from '../time/format.ts'

export interface FileFacts {
  /** What is in it. */
  title: string
  /** Whose it is; undefined: of nobody. */
  customer: string | undefined
  /** When it was made, and by whose clock its day is told. */
  now: Date
  zone: string
  ending: string
}

/** Names a file by what is in it, whose it is, and of which day: 「ユーザ一覧_サンプル商事_2026-11-30.csv」. */
export function fileName({ title, customer, now, zone, ending }: FileFacts): string {
  const day = wallClock(zone)(now).slice(0, 10)
  const parts = [title, customer ?? '', day].map((part) => plain(part)).filter(Boolean)
  return `${parts.join('_')}.${ending}`
}

/** Without what systems refuse in a name; short enough for each of them, which count bytes (255, three to a character of ours). */
function plain(text: string): string {
  const held = text.replaceAll(/[\\/:*?"<>|\p{C}]/gu, ' ').trim()
  return held
    .slice(0, 35)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trim()
}

/** Content-Disposition of a file with such a name (RFC 6266, 4.3): in UTF-8, all escaped that is no attr-char (RFC 8187, 3.2.1). */
export function attachmentNamed(name: string): string {
  const escaped = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename*=UTF-8''${escaped}`
}
