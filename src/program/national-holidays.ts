import pg from 'pg'

export interface NationalHoliday {
  /** ISO 8601 */
  day: string
  name_ja: string
  name_en: string
}

/**
 * The national holidays of Japan from this year on, as far as they are known (to 2050): the days of the package, which are those of
 * the law (国民の祝日に関する法律), with the law's names for days in lieu (第3条2項) and between two holidays (第3条3項).
 */
export async function nationalHolidaysFrom(year: number): Promise<NationalHoliday[]> {
  // Loaded when it is needed: every day since 1970 stands in it.
  const { default: package_ } = await import('@holiday-jp/holiday_jp')
  return Object.entries(package_.holidays)
    .filter(([day]) => Number(day.slice(0, 4)) >= year)
    .map(([day, { name, name_en }]) => ({ day, ...namesOf(name, name_en) }))
}

function namesOf(ja: string, en: string): Omit<NationalHoliday, 'day'> {
  if (ja.endsWith('振替休日')) return { name_ja: '振替休日', name_en: 'Substitute holiday' }
  if (ja === '休日') return { name_ja: '国民の休日', name_en: 'Citizens’ holiday' }
  return { name_ja: ja, name_en: en }
}

/** Brings the days in the database up to those that this program knows: with a new version of it they may be others. */
export async function keepNationalHolidays(owner: pg.ClientConfig, now: Date = new Date()): Promise<void> {
  const first = now.getUTCFullYear() - 1
  const holidays = JSON.stringify(await nationalHolidaysFrom(first))
  const client = new pg.Client(owner)
  await client.connect()
  try {
    await client.query(
      `with given as (select * from jsonb_to_recordset($1) as g (day date, name_ja text, name_en text)),
       gone as (delete from pbx.national_holiday h where h.day >= make_date($2, 1, 1) and h.day not in (select day from given))
       insert into pbx.national_holiday as h (day, name_ja, name_en) select day, name_ja, name_en from given
       on conflict (day) do update set name_ja = excluded.name_ja, name_en = excluded.name_en
       where (h.name_ja, h.name_en) is distinct from (excluded.name_ja, excluded.name_en)`,
      [holidays, first],
    )
  } finally {
    await client.end()
  }
}
