import { findSiteState, type Maintenance, type SiteName, siteNames } from '#features/site-state/find.ts'
import { setMaintenance } from '#features/site-state/set-maintenance.ts'
import { type Command, readArguments, WrongUsage } from './command.ts'
import { openOperatorDatabase } from './open-database.ts'
import { clean } from './table.ts'

export const maintenanceCommand: Command = {
  summary: 'announces works on the portal, or closes the settings site for a time, and tells its users',
  help: `Usage: npm run operator -- maintenance SITE --from TIME --until TIME --text TEXT [--text-en TEXT] [--read-only]
       npm run operator -- maintenance SITE --end
       npm run operator -- maintenance SITE

SITE is portal or settings. Without options it says what is announced of the site.

portal: announces works on the portal itself. From a week before until they are over, the first page, the login and the front page of
the settings site tell the times and the text. The portal answers all the while, as long as you let it run.

settings: announces when the settings site is closed. From a week before, its front page and the portal's list of what can be set tell
the times and the text. While it is closed, every page of the site answers 503 with the text, and the portal offers no way there. A
process of the site learns of it within half a minute. Without options it says when the site was last heard of, too.

  --from TIME      such as 2026-12-05T22:00+09:00
  --until TIME     likewise
  --text TEXT      what users are told, in Japanese
  --text-en TEXT   the same in English; unless given, the Japanese text
  --read-only      the settings site stays open, and nothing can be changed there
  --end            takes back what was announced, or ends it at once`,
  async run(args, { environment, now }) {
    const options = {
      from: { type: 'string' },
      until: { type: 'string' },
      text: { type: 'string' },
      'text-en': { type: 'string' },
      'read-only': { type: 'boolean', default: false },
      end: { type: 'boolean', default: false },
    } as const
    const { values, positionals } = readArguments(args, options)
    const site = siteNames.find((name) => name === positionals.join(' '))
    if (!site) throw new WrongUsage('Say which site is meant: portal or settings.')
    if (site === 'portal' && values['read-only']) throw new WrongUsage('The portal cannot be made read-only.')
    const isChange = Object.values(values).some((value) => value !== undefined && value !== false)
    const maintenance = isChange && !values.end ? maintenanceOf(values, now) : undefined
    await using opened = await openOperatorDatabase(environment)
    const state = await opened.database.transaction(async (tx) => {
      if (isChange) await setMaintenance(tx, site, maintenance)
      return findSiteState(tx, site)
    })
    console.log(told(site, state.maintenance))
    if (!isChange && site === 'settings') console.log(`Last heard of: ${state.seenAt?.toISOString() ?? 'never'}`)
  },
}

interface Given {
  from?: string | undefined
  until?: string | undefined
  text?: string | undefined
  'text-en'?: string | undefined
  'read-only': boolean
}

function maintenanceOf({ text, ...given }: Given, now: Date): Maintenance {
  const [from, until] = [momentOf('--from', given.from), momentOf('--until', given.until)]
  if (until <= from) throw new WrongUsage('--until must be later than --from.')
  // A slip of the year would take the place of what was announced, and close nothing.
  if (until <= now) throw new WrongUsage('--until is over already: nothing was announced or changed.')
  const ja = text?.trim() ?? ''
  if (ja === '') throw new WrongUsage('--text is needed: what users are told.')
  const en = given['text-en']?.trim() ?? ''
  return { from, until, mode: given['read-only'] ? 'read-only' : 'closed', text: { ja, en: en === '' ? ja : en } }
}

/** ISO 8601 to the minute or second, with its offset: whoever types it need not think of the machine's zone. */
const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/

function momentOf(option: string, given = ''): Date {
  const at = new Date(given)
  if (!form.test(given) || Number.isNaN(at.getTime()))
    throw new WrongUsage(`${option} needs a time with its offset such as 2026-12-05T22:00+09:00.`)
  return at
}

function told(site: SiteName, maintenance: Maintenance | undefined): string {
  if (!maintenance) return `No maintenance of the ${site === 'portal' ? 'portal' : 'settings site'} is announced.`
  const { from, until, mode, text } = maintenance
  return `${mode} from ${from.toISOString()} until ${until.toISOString()}: ${clean(text.ja)} / ${clean(text.en)}`
}
