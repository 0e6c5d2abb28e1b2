import { randomBytes } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { startProblem } from '#platform/start-problem.ts'

/** Where the data lie. What exists of its path has to be folders; throws a StartProblem with one line. */
export function dataFolderOf(named: string): string {
  const dataDir = resolve(named)
  for (let at = dataDir; ; at = dirname(at)) {
    const found = statSync(at, { throwIfNoEntry: false })
    if (found?.isDirectory()) return dataDir
    const where = at === dataDir ? dataDir : `${dataDir} lies below ${at}, which`
    if (found) throw startProblem('configuration', `DATA_DIR: ${where} is a file, and has to be a folder.`)
  }
}

/** The key of a demo, made once and kept in its folder. */
export function demoKey(dataDir: string): Buffer {
  const file = join(dataDir, 'demo-secret-key')
  if (!existsSync(file)) {
    makeFolder(dataDir)
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 })
  }
  return Buffer.from(readFileSync(file, 'utf8'), 'base64')
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true })
    accessSync(dataDir, constants.W_OK)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw startProblem('data-folder-closed', `DATA_DIR: nothing can be written to ${dataDir} (${code}).`)
  }
}
