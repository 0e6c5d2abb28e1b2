import type pg from 'pg'

/** Settings of a line as a test thinks of them. */
export interface TestSettings {
  timeZone?: string
  numbers?: readonly TestNumber[]
  extensions?: readonly TestExtension[]
  groups?: readonly TestGroup[]
  forwards?: readonly TestForward[]
  calendars?: readonly TestCalendar[]
  holidays?: readonly string[]
}

export interface TestNumber {
  number: string
  target?: string | null
  calendar?: number
  closed?: TestGoal | undefined
  endedOn?: string
}

/** One of: an inside number, a number outside, the voicemail of an extension. */
export interface TestGoal {
  inside?: string
  outside?: string
  voicemail?: string
}

export interface TestExtension {
  number: string
  name?: string
  seconds?: number
  isEnabled?: boolean
}

export interface TestGroup {
  number: string
  kind: 'simultaneous' | 'sequential' | 'even'
  seconds?: number
  members: readonly { extension: string; isPaused?: boolean }[]
  then?: TestGoal | undefined
}

export interface TestForward {
  extension: string
  condition: 'always' | 'busy' | 'no-answer' | 'unreachable'
  to: TestGoal
}

/** Minutes after midnight; a span may go on past it. */
export interface TestCalendar {
  closesOnHolidays?: boolean
  override?: { isOpen: boolean; until: string } | undefined
  slots?: readonly { weekday: number; opens: number; closes: number }[]
  days?: readonly { day: string; opens: number | null; closes: number | null }[]
}

export interface LineKeys {
  customerId: string
  contractId: string
}

/** Writes a line with these settings as a superuser, past fences, triggers and changes. */
export async function writeSettings(
  admin: pg.Pool | pg.PoolClient,
  { customerId, contractId }: LineKeys,
  settings: TestSettings,
): Promise<void> {
  const {
    timeZone = 'Asia/Tokyo',
    numbers = [],
    extensions = [],
    groups = [],
    forwards = [],
    calendars = [],
  } = settings
  const keys = { customer_id: customerId, contract_id: contractId }
  const calendarId = (place: number): string => `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`
  const insert = async (table: string, rows: readonly object[]): Promise<void> => {
    if (rows.length === 0) return
    const columns = Object.keys({ ...keys, ...rows[0] }).join(', ')
    await admin.query(
      `insert into pbx.${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::pbx.${table}, $1)`,
      [JSON.stringify(rows.map((row) => ({ ...keys, ...row })))],
    )
  }
  await admin.query(`set session_replication_role = replica`)
  await admin.query(
    `insert into pbx.line (customer_id, contract_id, number, sip_domain, time_zone, first_extension, last_extension, most_extensions, channels, extensions, call_groups)
     values ($1, $2::text::uuid, $2::text, $2::text, $3, '1001', '6999', 20000, 8, $4, $5)`,
    [customerId, contractId, timeZone, extensions.length, groups.length],
  )
  await insert('inside_number', [
    ...extensions.map(({ number }) => ({ number, kind: 'extension', id: crypto.randomUUID() })),
    ...groups.map(({ number }) => ({ number, kind: 'group', id: crypto.randomUUID() })),
  ])
  await insert(
    'extension',
    extensions.map(({ number, name = `名前 ${number}`, seconds = 20, isEnabled = true }) => ({
      number,
      name,
      kana: '',
      hides_caller: false,
      ring_seconds: seconds,
      is_enabled: isEnabled,
      version: 1,
    })),
  )
  await insert(
    'call_group',
    groups.map(({ number, kind, seconds = 15, then }) => ({
      number,
      name: `グループ ${number}`,
      kind,
      ring_seconds: seconds,
      then_inside: then?.inside ?? null,
      then_outside: then?.outside ?? null,
      then_voicemail: then?.voicemail ?? null,
      version: 1,
    })),
  )
  await insert(
    'call_group_member',
    groups.flatMap(({ number, members }) =>
      members.map(({ extension, isPaused = false }, at) => ({
        call_group: number,
        extension,
        position: at + 1,
        is_paused: isPaused,
      })),
    ),
  )
  await insert(
    'forward',
    forwards.map(({ extension, condition, to }) => ({
      extension,
      condition,
      to_inside: to.inside ?? null,
      to_outside: to.outside ?? null,
      to_voicemail: to.voicemail !== undefined,
    })),
  )
  await insert(
    'calendar',
    calendars.map(({ closesOnHolidays = true, override }, at) => ({
      id: calendarId(at),
      name: `営業時間 ${at}`,
      closes_on_national_holidays: closesOnHolidays,
      override_is_open: override?.isOpen ?? null,
      override_until: override?.until ?? null,
      version: 1,
    })),
  )
  await insert(
    'calendar_slot',
    calendars.flatMap(({ slots = [] }, at) => slots.map((slot) => ({ calendar_id: calendarId(at), ...slot }))),
  )
  await insert(
    'calendar_day',
    calendars.flatMap(({ days = [] }, at) => days.map((day) => ({ calendar_id: calendarId(at), name: '', ...day }))),
  )
  await insert(
    'external_number',
    numbers.map(({ number, target = null, calendar, closed, endedOn = null }) => ({
      number,
      memo: '',
      target,
      calendar_id: calendar === undefined ? null : calendarId(calendar),
      closed_inside: closed?.inside ?? null,
      closed_outside: closed?.outside ?? null,
      closed_voicemail: closed?.voicemail ?? null,
      ended_on: endedOn,
      id: crypto.randomUUID(),
      version: 1,
    })),
  )
  await admin.query(`set session_replication_role = origin`)
}
