import { userLabels } from '#sites/frame/guide-labels.ts'
import { listUsers, type UserRow } from '#features/users/list.ts'
import { spreadsheetClock, zoneLabel } from '#platform/time/format.ts'
import type { Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { usersAskedIn } from './user-query.ts'
import { factorWord, lastLoginLabel, listTitle, roleWords, stateLabel, stateWords } from './words.ts'

const words = {
  fileName: listTitle,
  name: userLabels.name,
  mail: userLabels.mailAddress,
  state: stateLabel,
  role: userLabels.role,
  secondFactor: userLabels.secondFactor,
  groups: userLabels.groups,
  lastLogin: lastLoginLabel,
}

/** Rows of one read: some milliseconds each. */
const rowsAtOnce = 1000

/** What the list lists, all pages of it, with every group. */
export const usersDownload = portal.download({
  path: paths.usersCsv,
  allow: 'portal-administrator',
  words,
  async load({ language, actor: { timeZone }, now: asOf }, address, text) {
    const asked = usersAskedIn(address)
    const clock = spreadsheetClock(timeZone)
    const lastLogin = `${text.lastLogin} ${zoneLabel(timeZone, language, asOf)}`
    return {
      name: text.fileName,
      columns: [text.name, text.mail, text.state, text.role, text.secondFactor, text.groups, lastLogin],
      async read(ctx, edge) {
        const place = { size: rowsAtOnce, page: 1, from: edge ? { after: edge } : ('start' as const) }
        const { rows } = await listUsers(ctx, { ...asked, place })
        return {
          rows: rows.map(({ row }) => cellsOf(row, language, clock)),
          edge: rows.length === rowsAtOnce ? rows.at(-1)?.key : undefined,
        }
      },
    }
  },
})

function cellsOf(
  { name, mail, state, role, secondFactor, groups, lastSignInAt }: UserRow,
  language: Language,
  clock: (at: Date) => string,
): string[] {
  return [
    name,
    mail,
    stateWords[state][language],
    roleWords[role][language],
    factorWord(secondFactor, language),
    groups.join(', '),
    lastSignInAt ? clock(lastSignInAt) : '',
  ]
}
