import fc from 'fast-check'
import type { TestGoal, TestSettings } from './line-settings.ts'

export const extensionNumbers: readonly string[] = ['1001', '1002', '1003', '1004', '1005', '1006']
export const groupNumbers: readonly string[] = ['6000', '6001', '6002', '6003']
export const anExtension: fc.Arbitrary<string> = fc.constantFrom(...extensionNumbers)
export const aGroup: fc.Arbitrary<string> = fc.constantFrom(...groupNumbers)

const goal: fc.Arbitrary<TestGoal> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ inside: fc.oneof(anExtension, aGroup) }) },
  { weight: 1, arbitrary: fc.constantFrom({ outside: '0300001234' }, { outside: '+821012345678' }) },
  { weight: 1, arbitrary: fc.record({ voicemail: anExtension }) },
)

/** Settings of a line of six extensions and four groups that lead to each other in any way that the database takes. */
export const randomSettings: fc.Arbitrary<TestSettings> = fc.record({
  extensions: fc.tuple(
    ...extensionNumbers.map((number) =>
      fc.record({
        number: fc.constant(number),
        seconds: fc.integer({ min: 5, max: 120 }),
        isEnabled: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
      }),
    ),
  ),
  groups: fc.tuple(
    ...groupNumbers.map((number) =>
      fc.record({
        number: fc.constant(number),
        kind: fc.constantFrom('simultaneous' as const, 'sequential' as const, 'even' as const),
        seconds: fc.integer({ min: 5, max: 120 }),
        members: fc
          .uniqueArray(anExtension)
          .chain((all) =>
            fc.tuple(
              ...all.map((extension) => fc.record({ extension: fc.constant(extension), isPaused: fc.boolean() })),
            ),
          ),
        afterwards: fc.option(
          goal.filter(({ inside }) => inside !== number),
          { nil: undefined },
        ),
      }),
    ),
  ),
  forwards: fc.uniqueArray(
    fc
      .record({
        extension: anExtension,
        condition: fc.constantFrom('always' as const, 'busy' as const, 'no-answer' as const, 'unreachable' as const),
        to: goal,
      })
      .map((each) => (each.to.voicemail === undefined ? each : { ...each, to: { voicemail: each.extension } }))
      .filter(({ extension, to }) => to.inside !== extension),
    { maxLength: 6, selector: ({ extension, condition }) => `${extension} ${condition}` },
  ),
  numbers: goal.map((closed) => [
    { number: '0300000001', target: '6000' },
    { number: '0300000002', target: '1001', calendar: 0, closed },
    { number: '0300000003' },
  ]),
  // Closed at every moment.
  calendars: fc.constant([{}]),
})
