import { z } from 'zod'
import { findCalendarNames } from '#features/calendars/calendar.ts'
import type { Contract } from '#features/contracts/find.ts'
import type { Line } from '#features/lines/open.ts'
import { findReservation, type WholeReservation } from '#features/reservations/reservation.ts'
import { moveReservation, withdrawReservation } from '#features/reservations/settle.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { lineActionWords } from '#sites/frame/line-action-words.ts'
import { rowVersion } from '#platform/form.ts'
import { wallClockOf } from '#platform/time/wall-clock.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { linkWords } from '../links.ts'
import { dueMoment } from '../parts/due.tsx'
import { LineHeading } from '../parts/line-heading.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { WhatIsReserved } from './what-is-reserved.tsx'

const words = {
  due: { ja: '反映する日時', en: 'When it counts' },
  dueHint: {
    ja: (zone: string) => `${zone} の時刻で、今から90日後まで指定できます。`,
    en: (zone: string) => `A time of ${zone}, at most 90 days from now.`,
  },
  move: { ja: '日時を変更する', en: 'Change the time' },
  withdraw: { ja: '予約を取り消す', en: 'Withdraw' },
  back: { ja: '予約の一覧に戻る', en: 'Back to the list' },
  cancel: userLabels.cancel,
  effect: {
    ja: '指定した日時に、予約した方の権限と設定がそのときも変わっていないことを確かめてから反映します。',
    en: 'It is made at its time, if whoever reserved it still has the right and the settings are still the same.',
  },
  do: { ja: '操作', en: 'Action' },
  version: { ja: '版', en: 'Version' },
  reserved: { ja: '変更を予約しました。', en: 'The change is reserved.' },
  moved: { ja: '反映する日時を変更しました。', en: 'It has another time now.' },
  withdrawn: { ja: '予約を取り消しました。', en: 'It is withdrawn.' },
  meanwhile: {
    ja: 'この予約は、すでに実施または変更されています。最新の状態をご確認ください。',
    en: 'It was made, withdrawn or given another time meanwhile. Look at what it is now.',
  },
}

interface Data {
  contract: Contract
  line: Line
  reservation: WholeReservation
  calendars: ReadonlyMap<string, string>
  told: string | undefined
}

/** One reservation: what it will change and when, another time, and its withdrawal. */
export const reservationPage = settings.page({
  path: paths.reservation,
  allow: 'line',
  words,
  async load(ctx, { params, query }): Promise<Data | typeof notFound> {
    const [reservation, calendars] = await Promise.all([findReservation(ctx, params.id), findCalendarNames(ctx)])
    if (!reservation) return notFound
    return { contract: ctx.contract, line: ctx.line, reservation, calendars, told: query['reserved'] }
  },
  within: ({ contract }) => contract.service.code,
  form: {
    due: { label: words.due, value: z.string().max(40) },
    version: { label: words.version, value: rowVersion, carried: true },
    do: { label: words.do, value: z.enum(['move', 'withdraw']), carried: true },
  },
  initial: ({ reservation, line }) => ({
    due: wallClockOf(reservation.dueAt, line.timeZone),
    version: String(reservation.version),
  }),
  async submit(ctx, { data: { reservation, contract }, input, words: text }) {
    const shown = { ...reservation, version: input.version }
    const moment = input.do === 'move' ? dueMoment(ctx, input.due.trim()) : undefined
    if (moment && !moment.ok) return moment.problem
    const settled = moment ? await moveReservation(ctx, shown, moment.at) : await withdrawReservation(ctx, shown)
    if (settled.ok)
      return redirect(
        `${paths.reservation({ contract: contract.id, id: reservation.id })}?reserved=${moment ? 'moved' : 'withdrawn'}`,
      )
    if (settled.problem === 'may-not-edit') throw new Error('Whoever may not edit sends no form')
    return problemAt(undefined, text.meanwhile, settled)
  },
  title: ({ data: { reservation }, reader: { language } }) => lineActionWords[reservation.action][language],
  view(view) {
    const { data, form, words: text, reader } = view
    const { contract, reservation, told } = data
    const { language } = reader
    const notice = told === 'new' ? text.reserved : told === 'moved' ? text.moved : undefined
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={{ ...contract, mayEdit: true }}
          heading={lineActionWords[reservation.action][language]}
          trail={[{ label: linkWords.reservations[language], href: paths.reservations({ contract: contract.id }) }]}
        />
        {notice !== undefined && reservation.state === 'waiting' && (
          <Notice kind="ok" live>
            {notice}
          </Notice>
        )}
        {told === 'withdrawn' && reservation.state === 'withdrawn' && (
          <Notice kind="ok" live>
            {text.withdrawn}
          </Notice>
        )}
        <WhatIsReserved
          contract={contract.id}
          line={data.line}
          reservation={reservation}
          calendars={data.calendars}
          reader={reader}
        />
        <Settle {...view} />
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Settle({ data: { contract, line, reservation }, form, words: text, reader: { language } }: Shown) {
  const list = paths.reservations({ contract: contract.id })
  if (reservation.state !== 'waiting' || !contract.mayEdit)
    return (
      <p>
        <a href={list}>{text.back}</a>
      </p>
    )
  return (
    <Form form={form} layout="page">
      {/* Enter in the field gives it another time, and never withdraws it. */}
      <button class="visually-hidden" type="submit" name="do" value="move" tabIndex={-1} aria-hidden="true" />
      <input type="hidden" name="version" value={String(form.values['version'])} />
      <TextField
        form={form}
        language={language}
        name="due"
        type="datetime-local"
        width="medium"
        label={text.due}
        mark="required"
        hint={text.dueHint(line.timeZone)}
      />
      <CommitBar effect={text.effect}>
        <ButtonLink kind="secondary" href={list}>
          {text.back}
        </ButtonLink>
        <Button kind="danger" name="do" value="withdraw">
          {text.withdraw}
        </Button>
        <Button name="do" value="move">
          {text.move}
        </Button>
      </CommitBar>
    </Form>
  )
}
