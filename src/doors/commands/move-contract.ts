import { type CodesRefused } from '#features/incidents/move.ts'
import { type Moved, moveContract, type MoveRefusal } from '#features/contract-moves/move.ts'
import { withSavepoint } from '#platform/database/database.ts'
import { type Command, Failure, readArguments, WrongUsage } from './command.ts'
import { openOperatorDatabase } from './open-database.ts'
import { clean } from './table.ts'

export const moveContractCommand: Command = {
  summary: 'moves a contract to another customer (事業譲渡, 名義変更)',
  help: `Usage: npm run operator -- move-contract [--dry-run] [--incident-code OLD=NEW]… CONTRACT CUSTOMER

Moves the contract with this number to the customer with this code, in one step. Its faults and works that are not over go along.
Orders, inquiries, memo, blocked traffic and histories stay with the former customer and can be read there. What groups of the former
customer allow for this contract alone ends, so do pins; whoever is at its settings finds them gone with the next request. Of a line
the frame and the telephone numbers go along; names, groups, hours and changes that the former customer has made in it are DELETED.
Site, group number and contacts are not taken along: they come by the next import of the new customer, whose file has to name the
contract from now on, and the former customer's no longer. Both customers' change histories say that it moved, not to whom or from whom.
It is moved back by the same command: then orders, memo and site of then are there again, rights and settings are not.

  --dry-run                 do everything and keep nothing: tells what would become of it
  --incident-code OLD=NEW   gives a fault that goes along another code, where the new customer has one with the same`,
  async run(args, { environment, now }) {
    const { values, positionals } = readArguments(args, moveOptions)
    const [number, to] = positionals
    if (number === undefined || to === undefined || positionals.length > 2)
      throw new WrongUsage('Which contract, to whom? The number of a contract and the code of a customer are needed.')
    const codes = readCodes(values['incident-code'])
    const isTrial = values['dry-run']
    await using opened = await openOperatorDatabase(environment)
    const moved = await opened.database.transaction((tx) =>
      withSavepoint(
        tx,
        async () => {
          const outcome = await moveContract({ tx, now }, { number, to, codes })
          if (!outcome.ok) throw new Failure(wordRefusal(outcome, { number, to }))
          return outcome.value
        },
        () => isTrial,
      ),
    )
    console.log(linesOf(moved, to, isTrial).map(clean).join('\n'))
  },
}

const moveOptions = {
  'dry-run': { type: 'boolean', default: false },
  'incident-code': { type: 'string', multiple: true, default: [] as string[] },
} as const

function readCodes(given: readonly string[]): Map<string, string> {
  return new Map(
    given.map((pair) => {
      const [, code, as] = /^([^=]+)=([^=]+)$/.exec(pair) ?? []
      if (code === undefined || as === undefined) throw new WrongUsage(`--incident-code is given as OLD=NEW: ${pair}`)
      return [code, as]
    }),
  )
}

function wordRefusal(refusal: MoveRefusal, { number, to }: Record<'number' | 'to', string>): string {
  const words: Record<MoveRefusal['problem'], string> = {
    'unknown-contract': `No contract has the number ${number}.`,
    'has-ended': `The contract ${number} has ended: there is nothing to move.`,
    'unknown-customer': `No customer has the code ${to}: import the customer first.`,
    'own-customer': `${number} is a contract of ${to} already; nothing was changed.`,
    'codes-taken': `${to} has faults or works with these codes already: ${codesOf(refusal)}. Give those that go along another with --incident-code OLD=NEW.`,
    'unknown-codes': `--incident-code: no fault or works that go along have the code ${codesOf(refusal)}.`,
  }
  return words[refusal.problem]
}

function codesOf(refusal: MoveRefusal): string {
  return isOfCodes(refusal) ? refusal.codes.join(', ') : ''
}

function isOfCodes(refusal: MoveRefusal): refusal is CodesRefused {
  return refusal.problem === 'codes-taken' || refusal.problem === 'unknown-codes'
}

function linesOf(
  { contract, incidents, rules, line, staying, ...moved }: Moved,
  to: string,
  isTrial: boolean,
): string[] {
  const { number, service, customer, memo } = contract
  const deleted = Object.entries(line?.deleted ?? {}).filter(([, rows]) => rows > 0)
  return [
    isTrial
      ? `Nothing was kept. It would be: ${number} (${service}) moves from ${customer.code} to ${to}.`
      : `${number} (${service}) has moved from ${customer.code} to ${to}.`,
    `goes along: ${[
      `faults and works ${incidents.length}${listed(incidents.map(({ code }) => code))}`,
      ...(line ? [`frame of the line, telephone numbers ${line.numbers.length}${listed(line.numbers)}`] : []),
    ].join('; ')}`,
    `stays with ${customer.code}: orders ${staying.orders}, inquiries ${staying.tickets}, faults and works that are over ${staying.incidents}, entries of blocked traffic ${staying.blockedTraffic}, entries of the change history ${staying.changes}, memo ${memo === '' ? '(none)' : `"${memo}"`}`,
    `ends at ${customer.code}: rights ${rules.length}${listed(rules.map(({ group, level }) => `${group}: ${level}`))}, choices not yet in force ${moved.staged}, pins ${moved.pins}, recent pages ${moved.looks}`,
    ...(line
      ? [
          `deleted of ${customer.code}'s settings: ${deleted.map(([table, rows]) => `${tableWords[table] ?? table} ${rows}`).join(', ') || 'nothing'}`,
        ]
      : []),
    `comes by the next import of ${to}: site, group number, contacts`,
  ]
}

/** What lies in a line, by its tables; one that is new is told by its own name. */
const tableWords: Readonly<Record<string, string>> = {
  calendar: 'calendars',
  calendar_day: 'special days',
  calendar_slot: 'hours',
  call_group: 'call groups',
  call_group_member: 'members of call groups',
  reservation: 'reserved changes',
  copy_run: 'copies to other contracts',
  change: 'changes',
  extension: 'extensions',
  external_number: 'memos and targets of telephone numbers',
  forward: 'forwards',
  inside_number: 'inside numbers',
}

/** So many are listed, for a terminal. */
const most = 20

function listed(names: readonly string[]): string {
  if (names.length === 0) return ''
  const rest = names.length - most
  return ` (${names.slice(0, most).join(', ')}${rest > 0 ? `, and ${rest} more` : ''})`
}
