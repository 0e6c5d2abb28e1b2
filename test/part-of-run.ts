import { tmpdir } from 'node:os'
import { endWithParent } from '#program/end-with-parent.ts'

/** For what outlives a run: the machine's folder for temporary files. */
export const machinesFolder = tmpdir()

// Preloaded into the process of every test file that test/run.ts runs.
const { TEST_FOLDER } = process.env
if (TEST_FOLDER) {
  process.env.TMPDIR = TEST_FOLDER
  endWithParent()
}
