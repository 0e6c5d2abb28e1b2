import { z } from 'zod'
import { type GivenFeedback, listFeedback } from '#features/feedback/list.ts'
import { type Command, readArguments, WrongUsage } from './command.ts'
import { openOperatorDatabase } from './open-database.ts'
import { clean, jsonOf } from './table.ts'

export const feedbackCommand: Command = {
  summary: 'lists what users say of pages',
  help: `Usage: npm run operator -- feedback [--since DATE] [--json]

Lists what users have written under 「このページに対するご意見」, the oldest first: when (in the operator's time zone, with its offset), customer,
user, page, kind (good, trouble, other or -), language of the screen and browser, and below it the text. It is kept for two
years.

  --since DATE   from this day on, such as 2026-11-22
  --json         as one JSON array`,
  async run(args, { environment }) {
    const options = { since: { type: 'string' }, json: { type: 'boolean', default: false } } as const
    const { values, positionals } = readArguments(args, options)
    if (positionals.length > 0) throw new WrongUsage(`Nothing is known to be done with "${positionals[0]}".`)
    if (values.since !== undefined && !isDay(values.since))
      throw new WrongUsage(`--since needs a day such as 2026-11-22, not "${values.since}".`)
    await using opened = await openOperatorDatabase(environment)
    const given = await opened.database.transaction((tx) => listFeedback(tx, values.since))
    if (values.json) console.log(jsonOf(given))
    else if (given.length === 0)
      console.log(`Nobody has written anything${values.since ? ` since ${values.since}` : ''}.`)
    else for (const each of given) console.log(paragraphOf(each))
  },
}

/** PostgreSQL knows no year 0. */
function isDay(text: string): boolean {
  return z.iso.date().safeParse(text).success && !text.startsWith('0000')
}

function paragraphOf({ localTime, customer, user, mail, page, kind, language, browser, text }: GivenFeedback): string {
  const head = [localTime, customer, `${user} <${mail}>`, page, kind ?? '-', language, browser || '-']
  const lines = text.split('\n').map((line) => `    ${clean(line)}`)
  return [head.map(clean).join('  '), ...lines, ''].join('\n')
}
