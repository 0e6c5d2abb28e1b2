import { approveAtCommandLine } from '#features/staff/decide.ts'
import { findSecondYes, listSecondYes, type SecondYes } from '#features/staff/second-yes.ts'
import { isId } from '#platform/form.ts'
import { type Command, Failure, readArguments, WrongUsage } from './command.ts'
import { openOperatorDatabase } from './open-database.ts'

export const secondYesCommand: Command = {
  summary: 'lists what staff have asked for, and approves it where no member is left who could',
  help: `Usage: npm run operator -- second-yes [REQUEST]

Without an argument: lists the requests of staff that await a second yes, with their ids.
With the id of one: approves it. That is for an installation in which nobody but the asker is responsible for security: where
somebody else is, that member decides in the console. The portal's worker does what is approved, within a minute; histories
say that it was approved at the command line.`,
  async run(args, { environment, now }) {
    const { positionals } = readArguments(args, {})
    const [id] = positionals
    if (positionals.length > 1) throw new WrongUsage('One request is needed, or none.')
    await using opened = await openOperatorDatabase(environment)
    await opened.database.transaction(async (tx) => {
      if (id === undefined) return sayAll(await listSecondYes({ tx, now }))
      const request = isId(id) ? await findSecondYes({ tx, now }, id) : undefined
      if (!request) throw new Failure(`There is no request ${id}.`)
      const approved = await approveAtCommandLine({ tx, now }, request)
      if (!approved.ok) throw new Failure(refusals[approved.problem])
      console.log(`Approved. The worker does it within a minute: ${sentenceOf(request)}`)
    })
  },
}

const refusals = {
  'decided-or-over': 'It was decided already, or asked for more than 24 hours ago.',
  'others-may': 'Another member of staff is responsible for security, and decides it in the console.',
}

function sayAll(requests: readonly SecondYes[]): void {
  const waiting = requests.filter(({ state }) => state === 'waiting')
  if (waiting.length === 0) console.log('Nothing awaits a second yes.')
  for (const request of waiting) console.log(`${request.id}  ${sentenceOf(request)}`)
}

function sentenceOf({ kind, customer, user, facts, askedBy, reason }: SecondYes): string {
  const whom = user?.mail ?? facts.person?.mail ?? facts.notice?.title.ja ?? ''
  const roles = facts.roles ? ` (${facts.roles.join(', ')})` : ''
  return `${kind} ${whom}${roles} of ${customer.name}, asked by ${askedBy.number}: ${reason.replaceAll('\n', ' ')}`
}
