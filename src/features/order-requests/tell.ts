import { sql } from 'kysely'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Mailing } from '#features/operator-context.ts'
import type { Answers } from '#features/order-forms/answers.ts'
import type { OrderForm } from '#features/order-forms/form.ts'
import { subjectJoins } from '#features/subjects/subject.ts'
import type { Transaction } from '#platform/database/database.ts'
import { requestUrl } from './links.ts'
import { listApprovers, listAskers, type RequestReader } from './readers.ts'
import { requestEmail, type RequestNews } from './request.email.ts'

interface Telling extends Mailing {
  tx: Transaction
  now: Date
  customer: { id: string }
}

interface ToldRequest {
  code: string
  form: OrderForm
  answers: Answers
  contract: string | null
  contractId: string | null
  serviceId: string
  askedBy: string
  askedByName: string
}

/** Tells each who can approve that a request waits. */
export async function tellApprovers(by: Telling, id: string): Promise<void> {
  const request = await findTold(by, id)
  await mailEach(by, await listApprovers(by, request, request.askedBy), { id, request, news: 'to-approve' })
}

/** Tells who has asked what has become of it. */
export async function tellAsker(by: Telling, id: string, news: RequestNews): Promise<void> {
  const request = await findTold(by, id)
  await mailEach(by, await listAskers(by, request, request.askedBy), { id, request, news })
}

async function mailEach(
  by: Telling,
  readers: readonly RequestReader[],
  { id, request, news }: { id: string; request: ToldRequest; news: RequestNews },
): Promise<void> {
  const url = requestUrl(by.portalUrl, id).href
  for (const { id: userId, mail: address, language } of readers) {
    const email = requestEmail(language, { ...request, news, url })
    await enqueueMail(by, { customerId: by.customer.id, userId, address, language }, { kind: `request-${news}`, email })
  }
}

async function findTold({ tx, customer }: Telling, id: string): Promise<ToldRequest> {
  const { rows } = await sql<ToldRequest>`
    select r.code, r.form, r.answers, k.number as contract, r.contract_id as "contractId", s.id as "serviceId",
      r.asked_by as "askedBy", r.asked_by_name as "askedByName"
    from order_request r ${subjectJoins} where r.customer_id = ${customer.id} and r.id = ${id}`.execute(tx)
  const [found] = rows
  if (!found) throw new Error('Nobody is told of a request that is not there')
  return found
}
