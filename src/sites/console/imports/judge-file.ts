import { isUtf8 } from 'node:buffer'
import { mostFileBytes } from '#features/import-runs/run.ts'

export type FileProblem = 'empty' | 'too-large' | 'workbook' | 'not-text' | 'not-json'

/** Why a file cannot even be tried, by its bytes alone. What is wrong in it, the try tells with its place. */
export function problemOfFile(bytes: Buffer): FileProblem | undefined {
  if (bytes.length > mostFileBytes) return 'too-large'
  if (bytes.subarray(0, 4).equals(archive)) return 'workbook'
  if (!isUtf8(bytes)) return 'not-text'
  const begin = bytes
    .subarray(0, 4096)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (begin === '') return 'empty'
  return begin.startsWith('{') ? undefined : 'not-json'
}

/** Of a ZIP file, which a workbook is, too. */
const archive = Buffer.from('PK\u0003\u0004', 'latin1')

/** Its last part, without what nobody sees or what turns the direction of text. */
export function fileNameOf(given: string): string {
  const name =
    given
      .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
      .split(/[\\/]/)
      .at(-1)
      ?.trim() ?? ''
  return /^.{1,200}/su.exec(name)?.[0] ?? 'import.json'
}
