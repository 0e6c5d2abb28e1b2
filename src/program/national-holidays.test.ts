import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'
import { keepNationalHolidays, nationalHolidaysFrom } from './national-holidays.ts'

const nameOf = async (day: string): Promise<string | undefined> =>
  (await nationalHolidaysFrom(2026)).find((each) => each.day === day)?.name_ja

test('days in lieu and days between two holidays are called as the law calls them', async () => {
  const expected = {
    '2026-05-04': 'みどりの日',
    '2026-05-05': 'こどもの日',
    // The 3rd is a Sunday, and the two days after it are holidays already.
    '2026-05-06': '振替休日',
    '2026-09-21': '敬老の日',
    '2026-09-22': '国民の休日',
    '2026-09-23': '秋分の日',
    '2032-09-21': '国民の休日',
    '2027-03-22': '振替休日',
    '2026-12-31': undefined,
  }
  for (const [day, name] of Object.entries(expected)) assert.equal(await nameOf(day), name, day)
})

test('every day in lieu follows holidays that begin with a Sunday, and every citizens’ holiday lies between two', async () => {
  const all = await nationalHolidaysFrom(2026)
  const days = new Map(all.map(({ day, name_ja }) => [day, name_ja]))
  const beside = (day: string, by: number): string =>
    new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10)
  for (const { day, name_ja } of all) {
    if (name_ja === '国民の休日') assert(days.has(beside(day, -1)) && days.has(beside(day, 1)), day)
    if (name_ja !== '振替休日') continue
    let before = beside(day, -1)
    while (new Date(before).getUTCDay() !== 0) {
      assert(days.has(before), `${day} follows ${before}`)
      before = beside(before, -1)
    }
    assert(days.has(before), `${day} stands for ${before}`)
  }
})

test('the database has the days that the program knows, however often it starts', async () => {
  await using database = await testDatabase()
  const admin = superuserOf(database)
  await admin.query(
    `insert into pbx.national_holiday values ('2026-12-31', '大晦日', 'No holiday'), ('2026-01-01', '正月', 'Another name')`,
  )
  for (let starts = 0; starts < 2; starts++) await keepNationalHolidays(database.ownerConfig, new Date('2026-06-01'))
  const { rows } =
    await admin.query(`select count(*)::int as days, min(name_ja) filter (where day = '2026-01-01') as first,
    count(*) filter (where day = '2026-12-31')::int as wrong from pbx.national_holiday`)
  assert.deepEqual(rows, [{ days: (await nationalHolidaysFrom(2025)).length, first: '元日', wrong: 0 }])
  await admin.end()
})
