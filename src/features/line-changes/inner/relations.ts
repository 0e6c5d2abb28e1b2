/** A row of settings as a change keeps it: without customer, contract, version and what follows from other columns. */
export type SettingsRow = Readonly<Record<string, string | number | boolean | null>>

export const relationNames = [
  'inside_number',
  'calendar',
  'external_number',
  'extension',
  'call_group',
  'calendar_slot',
  'calendar_day',
  'call_group_member',
  'forward',
] as const
export type Relation = (typeof relationNames)[number]

/** A row before and after; null where there was none, or is none any more. */
export interface ChangedRow {
  relation: Relation
  before: SettingsRow | null
  after: SettingsRow | null
}

interface RelationShape {
  /** What rows are known by, beside customer and contract. */
  key: readonly string[]
  others: readonly string[]
  /** Columns that mean something only together: of which at most one is set, or the one only with the other. */
  together?: readonly string[]
  /** Whether each write is counted. */
  isVersioned?: true
  /** The columns that name rows of other relations, and their keys there. */
  references: Readonly<Record<string, readonly [Relation, string]>>
}

/** In an order in which rows can be made; those that belong to another row come last. */
export const relations: Readonly<Record<Relation, RelationShape>> = {
  inside_number: { key: ['number'], others: ['kind', 'id'], references: {} },
  calendar: {
    key: ['id'],
    others: ['name', 'closes_on_national_holidays', 'override_is_open', 'override_until'],
    together: ['override_is_open', 'override_until'],
    isVersioned: true,
    references: {},
  },
  external_number: {
    key: ['number'],
    others: ['memo', 'target', 'calendar_id', 'closed_inside', 'closed_outside', 'closed_voicemail'],
    together: ['calendar_id', 'closed_inside', 'closed_outside', 'closed_voicemail'],
    isVersioned: true,
    references: {
      target: ['inside_number', 'number'],
      calendar_id: ['calendar', 'id'],
      closed_inside: ['inside_number', 'number'],
      closed_voicemail: ['extension', 'number'],
    },
  },
  extension: {
    key: ['number'],
    others: ['name', 'kana', 'caller_number', 'hides_caller', 'ring_seconds', 'is_enabled'],
    isVersioned: true,
    references: { caller_number: ['external_number', 'number'] },
  },
  call_group: {
    key: ['number'],
    others: ['name', 'kind', 'ring_seconds', 'then_inside', 'then_outside', 'then_voicemail'],
    together: ['then_inside', 'then_outside', 'then_voicemail'],
    isVersioned: true,
    references: { then_inside: ['inside_number', 'number'], then_voicemail: ['extension', 'number'] },
  },
  calendar_slot: {
    key: ['calendar_id', 'weekday', 'opens'],
    others: ['closes'],
    references: { calendar_id: ['calendar', 'id'] },
  },
  calendar_day: {
    key: ['calendar_id', 'day'],
    others: ['name', 'opens', 'closes'],
    references: { calendar_id: ['calendar', 'id'] },
  },
  call_group_member: {
    key: ['call_group', 'extension'],
    others: ['position', 'is_paused'],
    references: { call_group: ['call_group', 'number'], extension: ['extension', 'number'] },
  },
  forward: {
    key: ['extension', 'condition'],
    others: ['to_inside', 'to_outside', 'to_voicemail'],
    together: ['to_inside', 'to_outside', 'to_voicemail'],
    references: { extension: ['extension', 'number'], to_inside: ['inside_number', 'number'] },
  },
}

/** Rows that are gone with the row they belong to. */
export const belonging: readonly Relation[] = ['calendar_slot', 'calendar_day', 'call_group_member', 'forward']

/** What a row is known by within its relation, as text. */
export function keyOf(relation: Relation, row: SettingsRow): string {
  return JSON.stringify(relations[relation].key.map((column) => row[column]))
}

/** The columns that have to be as they were for these to be changed: of columns that belong together, all. */
export function dependingOn(relation: Relation, changed: readonly string[]): readonly string[] {
  const { together = [] } = relations[relation]
  return changed.some((column) => together.includes(column)) ? [...changed, ...together] : changed
}

/** The columns by which two rows differ. */
export function differing(before: SettingsRow, after: SettingsRow): string[] {
  return Object.keys(after).filter((column) => before[column] !== after[column])
}
