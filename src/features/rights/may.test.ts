import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { may } from './may.ts'
import { type Rule, scopeOf } from './scope.ts'

const contract = { id: '11111111-1111-4111-8111-111111111111', serviceId: 'service' }
const otherContract = '22222222-2222-4222-8222-222222222222'
const rule = fc.record<Rule>({
  service: fc.constantFrom(null, 'service', 'other service'),
  contract: fc.constant(null),
  level: fc.constantFrom('view', 'edit'),
})
const contractRule = fc.record<Rule>({
  service: fc.constant(null),
  contract: fc.constantFrom(contract.id, otherContract),
  level: fc.constantFrom('view', 'edit'),
})

test('a contract is open exactly as far as the strongest rule that touches it', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(rule, contractRule)), (rules) => {
      const touching = rules.filter(
        ({ service, contract: single }) =>
          (single ?? contract.id) === contract.id && (service ?? contract.serviceId) === contract.serviceId,
      )
      const actor = { scope: scopeOf(rules) }
      assert.equal(
        may(actor, 'edit', contract),
        touching.some(({ level }) => level === 'edit'),
      )
      assert.equal(may(actor, 'view', contract), touching.length > 0)
    }),
  )
})

test('without any rule nothing is open', () => {
  assert.equal(may({ scope: scopeOf([]) }, 'view', contract), false)
})
