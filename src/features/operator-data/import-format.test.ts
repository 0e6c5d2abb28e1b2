import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { importFormat } from './import-format.ts'

/** Of the format as JSON Schema: what is needed of it here. */
const shape = z.object({
  type: z.string().optional(),
  get properties() {
    return z.record(z.string(), shape).optional()
  },
  get items() {
    return shape.optional()
  },
  required: z.array(z.string()).default([]),
})
type Shape = z.output<typeof shape>

type Path = readonly (string | 0)[]

/** The ways to all values of one kind that may be absent; `0` leads into a list. */
function optionalScalars({ properties = {}, items, required }: Shape, path: Path = []): Path[] {
  if (items) return optionalScalars(items, [...path, 0])
  return Object.entries(properties).flatMap(([key, inner]): Path[] => {
    const at = [...path, key]
    const isMany = inner.type === 'object' || inner.type === 'array'
    return isMany ? optionalScalars(inner, at) : required.includes(key) ? [] : [at]
  })
}

const phrase = { ja: '語', en: 'Word' }
const url = 'https://www.example.com/'
const moment = '2026-11-22T10:00:00+09:00'
const later = '2026-11-23T10:00:00+09:00'
const day = '2026-11-22'
const desk = { name: phrase, phone: '03-0000-0101', hours: phrase, url }
const about = { service: 'phone', contract: 'N1', title: phrase, updatedAt: later }
const readers = { forServices: ['phone'], forAdministrators: true }
const notice = { code: 'x', kind: 'news', title: phrase, body: phrase, publishedAt: moment, endsAt: later, ...readers }

const line = {
  timeZone: 'Asia/Tokyo',
  extensions: { first: '1001', last: '6999', most: 3 },
  groups: 2,
  channels: 8,
  parkSlots: 1,
  voicemail: true,
  numbers: [{ number: '0300000001', memo: 'x', endedOn: day }],
  mainNumber: '0300000001',
  initial: {
    extensions: [{ number: '1001', name: 'x', kana: 'x', enabled: false }],
    groups: [{ number: '6000', name: 'x', kind: 'even', ringSeconds: 30 }],
  },
}

/** Says everything that a file may say. */
const whole = {
  operator: {
    name: phrase,
    slogan: phrase,
    contractNumberPattern: '.',
    logo: { svg: '<svg>' },
    timeZone: 'Asia/Seoul',
    firstLoginDays: 3,
    accessHistoryYears: 3,
    window: desk,
  },
  services: [
    {
      code: 'phone',
      category: 'x',
      name: phrase,
      settingsName: phrase,
      charges: url,
      window: desk,
      blocksTraffic: true,
      answerHours: 48,
      orderForms: [
        {
          code: 'x',
          kind: 'new',
          name: phrase,
          lead: { ...phrase },
          earliestDays: 1,
          fields: [{ code: 'x', label: phrase, hint: { ...phrase }, type: 'number', required: true, min: 1, max: 2 }],
        },
      ],
    },
  ],
  manuals: [{ code: 'x', service: 'phone', title: phrase, url, updatedOn: day }],
  recommendations: [{ code: 'x', service: 'phone', title: phrase, text: phrase, url, for: ['phone'], endsAt: later }],
  notices: [notice],
  customers: [
    {
      code: 'x',
      name: 'x',
      timeZone: 'Asia/Seoul',
      contracts: [
        {
          number: 'N1',
          service: 'phone',
          groupNumber: '1',
          site: 'x',
          memo: 'x',
          opensOn: day,
          endedOn: day,
          suspended: true,
          contacts: [{ role: phrase, name: 'x', phone: '03-0000-0101', mail: 'x@example.com' }],
          line,
        },
      ],
      incidents: [
        {
          code: 'x',
          contract: 'N1',
          contracts: ['N1'],
          kind: 'fault',
          title: phrase,
          startsAt: moment,
          endsAt: later,
          updatedAt: later,
          step: 'recovered',
          expectedEndAt: later,
          nextUpdateAt: later,
          cause: { ...phrase },
          withdrawnAt: later,
          updates: [{ at: moment, step: 'recovered', text: { ...phrase }, nextUpdateAt: later, corrects: 1 }],
        },
      ],
      orders: [
        {
          ...about,
          code: 'x',
          state: 'ready',
          orderedOn: day,
          deliveryOn: day,
          steps: [{ state: 'ready', day, note: { ...phrase } }],
          opening: { ...phrase },
        },
      ],
      tickets: [{ ...about, code: 'x', kind: 'fault', state: 'open', openedAt: moment, incident: 'x' }],
      blockedTraffic: [{ day, service: 'phone', contract: 'N1', kind: phrase, count: 1 }],
      notices: [notice],
      groups: [{ name: 'x', description: 'x', rights: { allServices: 'view' } }],
      users: [
        {
          mail: 'x@example.com',
          name: '山田 太郎',
          kana: 'やまだ たろう',
          phone: '03-0000-0101',
          role: 'general-user',
          secondFactor: 'totp',
          mailLanguage: 'en',
          timeZone: 'Asia/Seoul',
          jobTitle: 'x',
          mobilePhone: '090-0000-0101',
          comment: 'x',
          mobileThresholdMail: true,
          beginsOn: '2026-04-01',
          endsOn: '2027-03-31',
        },
      ],
    },
  ],
  outages: [
    {
      code: 'x',
      kind: 'fault',
      title: { ...phrase },
      affects: { services: ['phone'] },
      startsAt: moment,
      endsAt: later,
      updatedAt: later,
      step: 'recovered',
      expectedEndAt: later,
      nextUpdateAt: later,
      cause: { ...phrase },
      withdrawnAt: later,
      updates: [{ at: moment, step: 'recovered', text: { ...phrase }, nextUpdateAt: later, corrects: 1 }],
    },
  ],
}

const container = z.custom<Record<string | number, unknown>>((given) => typeof given === 'object' && given !== null)

/** The file with another value at the path; an undefined one is absent. */
function changed(path: Path, value: unknown): unknown {
  const copy: unknown = structuredClone(whole)
  const record = path.slice(0, -1).reduce((at, key) => container.parse(at[key]), container.parse(copy))
  const last = String(path.at(-1))
  assert(last in record, `The example does not say ${path.join('.')}`)
  record[last] = value
  return copy
}

test('an empty text, as an export writes it where there is nothing, stands for what may be absent', () => {
  assert.equal(importFormat.safeParse(whole).error?.message, undefined)
  const scalars = optionalScalars(shape.parse(z.toJSONSchema(importFormat, { io: 'input', unrepresentable: 'any' })))
  assert(scalars.length > 40, String(scalars.length))
  // Of the drawing and the picture one is there.
  for (const path of scalars.filter((each) => !each.includes('logo'))) {
    const empty = importFormat.safeParse(changed(path, ''))
    assert.equal(empty.error?.message, undefined, path.join('.'))
    assert.equal(
      JSON.stringify(empty.data),
      JSON.stringify(importFormat.parse(changed(path, undefined))),
      path.join('.'),
    )
  }
})
