import type { TestSettings } from './line-settings.ts'

/** A line as an office has one: a main number that rings one after another, a support that rings all, and something to mend. */
export const exampleSettings: TestSettings = {
  extensions: [
    { number: '1001', name: '山田 太郎' },
    { number: '1002', name: '佐藤 花子' },
    { number: '1003', name: '鈴木 一郎' },
    { number: '1010', name: '受付（共用）' },
    { number: '1012', name: '伊藤 健', isEnabled: false },
    { number: '1040', name: 'ヴィクトリア・アレクサンドラ・フォン・ホーエンツォレルン' },
    { number: '1090', name: '複合機' },
  ],
  forwards: [
    { extension: '1001', condition: 'busy', to: { inside: '1010' } },
    { extension: '1001', condition: 'no-answer', to: { outside: '09012345678' } },
  ],
  groups: [
    {
      number: '6000',
      kind: 'sequential',
      members: ['1001', '1002', '1003', '1010', '1040'].map((extension) => ({
        extension,
        isPaused: extension === '1040',
      })),
      afterwards: { inside: '6001' },
    },
    { number: '6001', kind: 'simultaneous', members: [{ extension: '1002' }, { extension: '1010' }] },
    { number: '6002', kind: 'even', members: [] },
  ],
  numbers: [
    { number: '05000001004' },
    { number: '0300002001', target: '6000', calendar: 0, closed: { outside: '09000000000' } },
    { number: '05000001001', target: '1001' },
    { number: '05000001002', target: '6001' },
    { number: '05000001003', target: '1090' },
    { number: '05000001005', target: '1012' },
    { number: '05000001006', target: '1040' },
  ],
  calendars: [
    {
      slots: [1, 2, 3, 4, 5].flatMap((weekday) => [
        { weekday, opens: 540, closes: 720 },
        { weekday, opens: 780, closes: 1080 },
      ]),
      days: ['2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03'].map((day) => ({
        day,
        opens: null,
        closes: null,
      })),
    },
  ],
}
