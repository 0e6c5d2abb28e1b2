import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { runs } from '#test/many-runs.ts'
import { type OutsideProblem, readOutside } from './outside-numbers.ts'

const read = (typed: string, countries: readonly string[] = []): string => {
  const answer = readOutside(typed, countries)
  return 'number' in answer ? answer.number : answer.problem
}

test('numbers to which calls may be passed on are read as people write them', () => {
  const expected = {
    '03-1234-5678': '0312345678',
    '０９０（１２３４）５６７８': '09012345678',
    '011-222-3333': '0112223333',
    '0980-52-1234': '0980521234',
    '0220-22-1234': '0220221234',
    '050-1234-5678': '05012345678',
    '060-1234-5678': '06012345678',
    '070 1234 5678': '07012345678',
    '0120-123-456': '0120123456',
    '0800-123-4567': '08001234567',
    '+81 3 1234 5678': '0312345678',
    '+81 (0)90-1234-5678': '09012345678',
    '010 81 90 1234 5678': '09012345678',
  }
  for (const [typed, number] of Object.entries(expected)) assert.equal(read(typed), number, typed)
})

test('what costs more, leads abroad, is waited for or is no telephone is refused, and why', () => {
  const expected: Record<string, OutsideProblem> = {
    '110': 'emergency',
    '118': 'emergency',
    '119': 'emergency',
    '104': 'emergency',
    '0570-000-000': 'premium',
    '0990-123-456': 'premium',
    '0180-99-1234': 'premium',
    '0170-123-456': 'premium',
    '0088-1234-5678': 'carrier',
    '0077-43-81-90': 'carrier',
    '00120-1234': 'carrier',
    '020-1234-5678': 'machine',
    '0200-12-345-678': 'machine',
    '+1 212 555 0100': 'international',
    '010-1-212-555-0100': 'international',
    '+8190123': 'international',
    '+882 16 12345678': 'international',
    '184-03-1234-5678': 'unreadable',
    '090-0123-4567': 'unreadable',
    '03-1234-567': 'unreadable',
    '0312345678901': 'unreadable',
    'sip:x@example.com': 'unreadable',
    '03-1234-5678;ext=1': 'unreadable',
    '03１2345678#': 'unreadable',
    '': 'unreadable',
  }
  for (const [typed, problem] of Object.entries(expected)) assert.equal(read(typed), problem, typed)
  assert.equal(read('+1 212 555 0100', ['1']), '+12125550100')
  assert.equal(read('010 82-2-1234-5678', ['1', '82']), '+82212345678')
  assert.equal(read('+8613812345678', ['82']), 'international')
})

/** The plan once more, as a tree of what follows the zero. */
function isAllowed(digits: string): boolean {
  const [zero, a = '', b = '', c = ''] = digits
  if (zero !== '0') return false
  if (digits.length === 11) {
    if (digits.startsWith('0800')) return true
    return '56789'.includes(a) && a !== '' && b === '0' && c !== '0'
  }
  if (digits.length !== 10 || a === '0' || b === '0') return false
  if (digits.startsWith('0120')) return true
  const services = ['0110', '0130', '0140', '0150', '0160', '0170', '0180', '0190', '0570', '0910', '0990']
  return !services.includes(digits.slice(0, 4))
}

test('of all numbers those are taken that the plan has for people, however they are written', () => {
  const digit = fc.nat(9).map(String)
  const beginning = fc.constantFrom(
    '0',
    '00',
    '01',
    '03',
    '05',
    '050',
    '057',
    '0570',
    '060',
    '070',
    '080',
    '0800',
    '09',
    '0990',
    '0120',
    '020',
  )
  const digits = fc
    .tuple(beginning, fc.array(digit, { minLength: 5, maxLength: 10 }))
    .map(([first, rest]) => first + rest.join(''))
  const written = fc
    .tuple(digits, fc.array(fc.nat(9), { maxLength: 3 }), fc.boolean())
    .map(([number, hyphens, wide]) => {
      const spaced = hyphens.reduce((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, number)
      const text = wide ? spaced.replaceAll(/\d/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0)) : spaced
      return { number, text }
    })
  fc.assert(
    fc.property(written, ({ number, text }) => {
      // What begins like a call abroad is not of the plan.
      if (number.startsWith('010')) return
      assert.equal(read(text) === number, isAllowed(number), text)
    }),
    { numRuns: runs({ usual: 3000, many: 300_000 }) },
  )
})

test('whatever is taken is a number that the database takes, and dearer ones are never among them', () => {
  const countries = fc.subarray(['1', '82', '886'])
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\+?[0-9 -]{0,18}$/)), countries, (typed, allowed) => {
      const answer = readOutside(typed, allowed)
      if (!('number' in answer)) return
      assert.match(answer.number, /^(0\d{9,10}|\+[1-9]\d{6,14})$/)
      assert.doesNotMatch(answer.number, /^(00|0570|0990|01[13-9]0|020|11[089])/)
      if (answer.number.startsWith('+')) assert(allowed.some((code) => answer.number.startsWith(`+${code}`)))
    }),
    { numRuns: runs({ usual: 3000, many: 300_000 }) },
  )
})
