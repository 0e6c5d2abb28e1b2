import type pg from 'pg'

/** Settings of a line as a test thinks of them. */
export interface TestSettings {
  timeZone?: string
  numbers?: readonly TestNumber[]
  extensions?: readonly TestExtension[]
  groups?: readonly TestGroup[]
  forwards?: readonly TestForward[]
  calendars?: readonly TestCalendar[]
  /** Numbers outside that were confirmed, beside those that something names. */
  outside?: readonly string[]
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
  afterwards?: TestGoal | undefined
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
  const { timeZone = 'Asia/Tokyo', extensions = [], groups = [] } = settings
  await admin.query(`set session_replication_role = replica`)
  await admin.query(
    `insert into pbx.line (customer_id, contract_id, number, sip_domain, time_zone, first_extension, last_extension, most_extensions, channels, extensions, call_groups)
     values ($1, $2::text::uuid, $2::text, $2::text, $3, '1001', '6999', 20000, 8, $4, $5)
     on conflict (customer_id, contract_id) do update set extensions = $4, call_groups = $5, most_extensions = 20000`,
    [customerId, contractId, timeZone, extensions.length, groups.length],
  )
  const rowsOf = {
    ...outsideRows(settings),
    ...insideRows(settings),
    ...groupRows(settings),
    ...calendarRows(settings),
    ...numberRows(settings),
  }
  for (const [table, rows] of Object.entries(rowsOf)) {
    if (rows.length === 0) continue
    const whole = rows.map((row) => ({ customer_id: customerId, contract_id: contractId, ...row }))
    const columns = Object.keys(whole[0] ?? {}).join(', ')
    await admin.query(
      `insert into pbx.${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::pbx.${table}, $1)`,
      [JSON.stringify(whole)],
    )
  }
  await admin.query(`set session_replication_role = origin`)
}

type Rows = Record<string, readonly object[]>

function outsideRows({ outside = [], groups = [], forwards = [], numbers = [] }: TestSettings): Rows {
  const goals = [
    ...groups.map(({ afterwards }) => afterwards),
    ...forwards.map(({ to }) => to),
    ...numbers.map(({ closed }) => closed),
  ]
  const named = new Set([...outside, ...goals.flatMap((goal) => goal?.outside ?? [])])
  return {
    outside_target: [...named].map((number) => ({ number, added_at: '2026-01-01T00:00:00Z', added_by_name: '' })),
  }
}

function insideRows({ extensions = [], groups = [] }: TestSettings): Rows {
  const id = (): string => crypto.randomUUID()
  return {
    inside_number: [
      ...extensions.map(({ number }) => ({ number, kind: 'extension', id: id() })),
      ...groups.map(({ number }) => ({ number, kind: 'group', id: id() })),
    ],
    extension: extensions.map(({ number, name = `名前 ${number}`, seconds = 20, isEnabled = true }) => ({
      number,
      name,
      kana: '',
      hides_caller: false,
      ring_seconds: seconds,
      is_enabled: isEnabled,
      version: 1,
    })),
  }
}

function groupRows({ groups = [], forwards = [] }: TestSettings): Rows {
  return {
    call_group: groups.map(({ number, kind, seconds = 15, afterwards }) => ({
      number,
      name: `グループ ${number}`,
      kind,
      ring_seconds: seconds,
      then_inside: afterwards?.inside ?? null,
      then_outside: afterwards?.outside ?? null,
      then_voicemail: afterwards?.voicemail ?? null,
      version: 1,
    })),
    call_group_member: groups.flatMap(({ number, members }) =>
      members.map(({ extension, isPaused = false }, at) => ({
        call_group: number,
        extension,
        position: at + 1,
        is_paused: isPaused,
      })),
    ),
    forward: forwards.map(({ extension, condition, to }) => ({
      extension,
      condition,
      to_inside: to.inside ?? null,
      to_outside: to.outside ?? null,
      to_voicemail: to.voicemail !== undefined,
    })),
  }
}

/** Of the calendar in that place. */
export const calendarId = (place: number): string => `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`

function calendarRows({ calendars = [] }: TestSettings): Rows {
  return {
    calendar: calendars.map(({ closesOnHolidays = true, override }, at) => ({
      id: calendarId(at),
      name: `営業時間 ${at}`,
      closes_on_national_holidays: closesOnHolidays,
      override_is_open: override?.isOpen ?? null,
      override_until: override?.until ?? null,
      version: 1,
    })),
    calendar_slot: calendars.flatMap(({ slots = [] }, at) =>
      slots.map((slot) => ({ calendar_id: calendarId(at), ...slot })),
    ),
    calendar_day: calendars.flatMap(({ days = [] }, at) =>
      days.map((day) => ({ calendar_id: calendarId(at), name: '', ...day })),
    ),
  }
}

function numberRows({ numbers = [] }: TestSettings): Rows {
  return {
    external_number: numbers.map(({ number, target = null, calendar, closed, endedOn = null }) => ({
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
  }
}
