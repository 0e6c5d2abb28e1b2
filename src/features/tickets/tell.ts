import { sql } from 'kysely'
import type { Role } from '#features/actor.ts'
import type { Keeping } from '#features/attachments/keep.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Mailing } from '#features/operator-context.ts'
import { isInPeriodOf } from '#features/periods-of-use/period.ts'
import { groupsOfUser, type RuleRow, rulesOfGroups, scopeOfRows } from '#features/rights/rules.ts'
import { at, type Json, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { closesAfter } from './course.ts'
import { seenTickets } from './ticket.ts'
import { ticketEmail, type TicketNews } from './ticket.email.ts'

type Telling = Keeping & Mailing

interface ToldTicket {
  id: string
  code: string
  title: Phrase
  answerDueAt: Date | null
  solvedAt: Date | null
}

interface Person {
  id: string
  mail: string
  role: Role
  language: Language
  timeZone: string
  rules: Json<RuleRow[]>
}

/** Writes a mail to the author of a ticket and to those who take part, as far as they may see it at this moment. */
export async function tellOfTicket(by: Telling, ticketId: string, news: TicketNews): Promise<void> {
  const ticket = await findTold(by, ticketId)
  for (const person of await listConcerned(by, ticketId)) {
    if (!(await mayStillSee(by, person, ticketId))) continue
    const { id: userId, mail: address, language, timeZone } = person
    const email = ticketEmail(language, {
      news,
      code: ticket.code,
      title: ticket.title[language],
      timeZone,
      answerDueAt: ticket.answerDueAt,
      closesAt: ticket.solvedAt && new Date(ticket.solvedAt.getTime() + closesAfter),
      url: new URL(`/tickets/${ticketId}`, by.portalUrl).href,
    })
    await enqueueMail(by, { customerId: by.customer.id, userId, address, language }, { kind: `ticket-${news}`, email })
  }
}

async function findTold({ tx, customer }: Telling, id: string): Promise<ToldTicket> {
  const { rows } = await sql<Json<ToldTicket>>`
    select ${toldRow.columns} from ticket r where r.customer_id = ${customer.id} and r.id = ${id}`.execute(tx)
  const [found] = rows
  if (!found) throw new Error('Nobody is told of a ticket that is not there')
  return toldRow.read(found)
}

const toldRow = jsonRow<ToldTicket>({
  id: value('r.id'),
  code: value('r.code'),
  title: phrase('r.title'),
  answerDueAt: at('r.answer_due_at'),
  solvedAt: at('r.solved_at'),
})

/** Whoever could log in now, each in the own language and zone. */
async function listConcerned({ tx, now, customer }: Telling, ticketId: string): Promise<Person[]> {
  const rules = rulesOfGroups(sql`${customer.id}`, groupsOfUser(sql`${customer.id}`, sql`u.id`))
  const { rows } = await sql<Person>`
    select u.id, u.mail, u.role, u.mail_language as language, u.time_zone as "timeZone", ${rules.json} as rules from portal_user u
    where u.customer_id = ${customer.id} and u.state = 'active' and ${isInPeriodOf(customer.id, now)} and u.id in (
      select opened_by from ticket where customer_id = ${customer.id} and id = ${ticketId}
      union select user_id from ticket_person where customer_id = ${customer.id} and ticket_id = ${ticketId})
    order by u.id`.execute(tx)
  return rows
}

async function mayStillSee({ tx, customer }: Telling, person: Person, ticketId: string): Promise<boolean> {
  const scope = scopeOfRows(rulesOfGroups(sql``, sql``).read(person.rules))
  const reader = { customer, scope, userId: person.id, role: person.role }
  const { rows } = await sql`with ${seenTickets(reader)} select from seen r where r.id = ${ticketId}`.execute(tx)
  return rows.length > 0
}
