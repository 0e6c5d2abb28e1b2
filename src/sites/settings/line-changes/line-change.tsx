import { findCalendarNames } from '#features/calendars/calendar.ts'
import type { Contract } from '#features/contracts/find.ts'
import { findLineChange, undoChange, type UndoProblem, type WholeChange } from '#features/line-changes/undo.ts'
import type { Line } from '#features/lines/open.ts'
import { findReservationOfChange, type Reservation } from '#features/reservations/reservation.ts'
import { lineActionWords } from '#sites/frame/line-action-words.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { formatTime } from '#platform/time/format.ts'
import { Table } from '#platform/ui/list/table.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { linkWords } from '../links.ts'
import { DueField, dueFields, reserving } from '../parts/due.tsx'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { originWords } from './line-changes.tsx'
import { toldChanges } from './row-words.ts'
import { mostTold, Told } from './told.tsx'

const words = {
  back: { ja: '変更履歴に戻る', en: 'Back to the history' },
  time: { ja: '日時', en: 'Time' },
  by: { ja: '変更した人', en: 'By' },
  about: { ja: '対象', en: 'About' },
  origin: { ja: '方法', en: 'How' },
  reserved: { ja: (by: string) => `予約（${by}）`, en: (by: string) => `Reserved by ${by}` },
  changes: { ja: '変更した内容', en: 'What was changed' },
  undoes: { ja: '元に戻すと', en: 'If you undo it' },
  thing: { ja: '設定', en: 'Setting' },
  field: { ja: '項目', en: 'Field' },
  before: { ja: '変更前', en: 'Before' },
  after: { ja: '変更後', en: 'After' },
  undo: { ja: '元に戻す', en: 'Undo' },
  effect: {
    ja: 'すべての項目を変更前に戻します。戻したことも変更履歴に残ります。',
    en: 'Sets every field back to what it was before. This, too, is a change in the history.',
  },
  more: { ja: (count: number) => `ほか${count}項目`, en: (count: number) => `and ${count} more fields` },
  now: { ja: '現在', en: 'Now' },
  'undone-already': { ja: 'この変更は、すでに元に戻されています。', en: 'This change has been undone already.' },
  'by-operator': {
    ja: '通信事業者による設定のため、元に戻せません。変更が必要なときは窓口へお問い合わせください。',
    en: 'The operator has set this up, so it cannot be undone here. Contact us if it must be changed.',
  },
  'changed-since': {
    ja: 'この変更の後に、同じ項目が変更されています。元に戻すと後の変更が失われるため、元に戻せません。',
    en: 'The same fields were changed since. Undoing this would lose that, so it is not possible.',
  },
  'still-used': {
    ja: 'この変更で追加したものが、ほかの設定で使われています。先にその設定を外してください。',
    en: 'Something that this change added is used elsewhere. Remove that use first.',
  },
  'gone-since': {
    ja: '元に戻すために必要な内線、着信グループ、営業時間または転送先が、いまは使えません。',
    en: 'An extension, call group, business hours or target that is needed for this is not available any more.',
  },
  'too-many': {
    ja: 'ご契約の上限を超えるため、元に戻せません。',
    en: 'There is no room left in the contract for what would come back.',
  },
  unknown: { ja: 'この変更は見つかりません。', en: 'There is no such change.' },
  'may-not-edit': { ja: '変更するには編集の権限が必要です。', en: 'You need the right to edit.' },
} satisfies Record<UndoProblem, unknown> & Record<string, unknown>

interface Data {
  contract: Contract
  line: Line
  change: WholeChange
  /** The names of the line's business hours, by their ids. */
  calendars: ReadonlyMap<string, string>
  /** That the change came of. */
  reservation: Reservation | undefined
}

/** One change: what it has changed, and 「元に戻す」. */
export const lineChangePage = settings.page({
  path: paths.lineChange,
  allow: 'line',
  words,
  async load(ctx, { params }): Promise<Data | typeof notFound> {
    if (!/^\d{1,15}$/.test(params.change)) return notFound
    const [change, calendars] = await Promise.all([findLineChange(ctx, Number(params.change)), findCalendarNames(ctx)])
    if (!change) return notFound
    const reservation = change.origin === 'reservation' ? await findReservationOfChange(ctx, change.id) : undefined
    return { contract: ctx.contract, line: ctx.line, change, calendars, reservation }
  },
  within: ({ contract }) => contract.service.code,
  form: dueFields,
  async submit(ctx, { data: { contract, change }, input, words: text }) {
    const when = await reserving(ctx, input)
    if ('problems' in when) return when
    const undone = await undoChange(when, change.id)
    if (!undone.ok) return problemAt(undefined, text[undone.problem], undone)
    const { changeId } = undone.value
    const path =
      changeId === undefined
        ? paths.lineChanges({ contract: contract.id })
        : paths.lineChange({ contract: contract.id, change: String(changeId) })
    return redirect(withChanged(path, undone.value))
  },
  title: ({ data: { change }, reader: { language } }) => lineActionWords[change.action][language],
  view(view) {
    const { data, form, words: text, reader } = view
    const { contract, change, calendars } = data
    const { language } = reader
    const { reservation } = data
    const told = toldChanges(change.rows, { ...reader, calendars })
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={{ ...contract, mayEdit: true }}
          heading={lineActionWords[change.action][language]}
          trail={[{ label: linkWords.lineChanges[language], href: paths.lineChanges({ contract: contract.id }) }]}
        />
        <Facts
          facts={[
            {
              term: text.time,
              value: formatTime(change.at, 'date-time', { zone: reader.timeZone, language, now: reader.now }),
            },
            { term: text.by, value: change.by },
            { term: text.about, value: change.subject || '-' },
            {
              term: text.origin,
              value: reservation ? (
                <a href={paths.reservation({ contract: contract.id, id: reservation.id })}>
                  {text.reserved(reservation.by)}
                </a>
              ) : (
                originWords[change.origin][language]
              ),
            },
          ]}
        />
        <Section heading={text.changes}>
          <Told changes={told.slice(0, mostTold)} caption={text.changes} text={text} />
          {told.length > mostTold && <p>{text.more(told.length - mostTold)}</p>}
        </Section>
        <Undo {...view} />
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Undo({ data: { contract, line, change, calendars }, form, words: text, reader }: Shown) {
  const since = change.differences.map(({ relation, before, now }) => ({ relation, before, after: now }))
  const list = paths.lineChanges({ contract: contract.id })
  return (
    <>
      {change.undoable !== 'yes' && <Notice kind="info">{text[change.undoable]}</Notice>}
      {since.length > 0 && (
        <Table
          caption={text['changed-since']}
          rows={toldChanges(since, { ...reader, calendars })}
          rowKey={({ about, field }) => `${about} ${field}`}
          columns={[
            { label: text.thing, header: true, cell: ({ about }) => about },
            { label: text.field, cell: ({ field }) => field },
            { label: text.after, cell: ({ before }) => before },
            { label: text.now, cell: ({ after }) => after },
          ]}
        />
      )}
      {change.undoable === 'yes' && contract.mayEdit ? (
        <Form form={form} layout="page">
          <CommitBar effect={text.effect}>
            <DueField form={form} language={reader.language} line={line} />
            <ButtonLink kind="secondary" href={list}>
              {text.back}
            </ButtonLink>
            <Button>{text.undo}</Button>
          </CommitBar>
        </Form>
      ) : (
        <p>
          <a href={list}>{text.back}</a>
        </p>
      )}
    </>
  )
}
