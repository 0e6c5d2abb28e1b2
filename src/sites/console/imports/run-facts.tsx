import type { JSX } from 'preact'
import type { ImportRun } from '#features/import-runs/find.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { numberIn } from '#platform/ui/list/list-query.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { runStateWords } from './run-words.ts'

const words = {
  state: { ja: '状態', en: 'State' },
  by: { ja: '取り込んだ担当者', en: 'Brought by' },
  command: { ja: 'コマンドライン', en: 'Command line' },
  confirmed: { ja: '反映した担当者', en: 'Applied by' },
  at: { ja: '取り込み日時', en: 'Brought' },
  finished: { ja: '終了日時', en: 'Done' },
  size: { ja: '大きさ', en: 'Size' },
  bytes: { ja: (n: string) => `${n}バイト`, en: (n: string) => `${n} bytes` },
  ends: { ja: '終了するご契約', en: 'Contracts that end' },
  of: { ja: (n: string, all: string) => `${all}件のうち${n}件`, en: (n: string, all: string) => `${n} of ${all}` },
  notices: { ja: '開通案内', en: 'Opening notices' },
  held: { ja: '送らない', en: 'Not sent' },
}

/** Which file it is, who has brought it, and how far it is. */
export function RunFacts({ run, reader }: { run: ImportRun; reader: Reader }): JSX.Element {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const when = (at: Date | null): JSX.Element | null => at && <Time at={at} zone={zone} language={language} now={now} />
  const number = (n: number): string => numberIn(language, n)
  const facts = [
    { term: text.state, value: runStateWords[run.state][language] },
    { term: text.by, value: run.by ?? text.command },
    { term: text.at, value: when(run.at) },
    { term: text.confirmed, value: run.confirmedBy },
    { term: text.finished, value: run.state === 'applied' && when(run.finishedAt) },
    { term: text.size, value: run.size !== null && text.bytes(number(run.size)) },
    { term: 'SHA-256', value: run.sha256 && <code>{run.sha256}</code> },
    {
      term: text.ends,
      value: run.ends !== null && run.contracts !== null && text.of(number(run.ends), number(run.contracts)),
    },
    { term: text.notices, value: run.holdsNotices && text.held },
  ]
  return <Facts facts={facts.filter(({ value }) => Boolean(value))} />
}
