import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { contractLevels } from './contract-levels.ts'

const id = fc.uuid()

test('the levels of single contracts are told as they were given', () => {
  fc.assert(
    fc.property(fc.dictionary(id, fc.constantFrom('view', 'edit')), id, (given, other) => {
      const levels = contractLevels(new Map(Object.entries(given)))
      const ids = Object.keys(given).toSorted()
      assert.equal(levels.ids, ids.join(','))
      assert.equal(levels.size, ids.length)
      for (const [place, each] of ids.entries()) {
        assert.equal(levels.get(each), given[each])
        assert.equal(levels.idAt(place), each)
      }
      assert.equal(levels.get(other), given[other])
      assert.equal(levels.editable().ids, ids.filter((each) => given[each] === 'edit').join(','))
    }),
  )
})
