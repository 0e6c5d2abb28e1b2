import type { Context } from '#features/actor.ts'
import { type Contract, findContract } from '#features/contracts/find.ts'
import { listEventsOf } from '#features/events/list.ts'
import { findIncident } from '#features/incidents/find.ts'
import type { Incident, IncidentKind } from '#features/incidents/incident.ts'
import { findTicket } from '#features/tickets/find.ts'
import { type AskableService, listAskable, listWhoCan } from '#features/tickets/opening.ts'
import type { TicketKind } from '#features/tickets/ticket.ts'
import { longestTitle } from '#features/tickets/values.ts'
import { isId } from '#platform/form.ts'
import { notFound, type PageRequest } from '#platform/web/page.ts'

export interface Opening {
  /** What may be asked about, beside the portal itself. */
  services: AskableService[]
  /** Filled in from the address. */
  contract: Contract | undefined
  /** Running on that contract. */
  faults: Incident[]
  /** It may not be asked about by this user: who can give the right. */
  whoCan: { names: string[]; total: number } | undefined
  /** The earlier ticket that this one goes on with. */
  follows: Followed | undefined
  /** The fault or works that it is about. */
  incident: { id: string; title: string; kind: IncidentKind } | undefined
}

interface Followed {
  id: string
  title: string
  kind: TicketKind
  /** The code of its service, and the number of its contract. */
  service: string | undefined
  contracts: string | undefined
}

/** What the form for a new ticket is made with: `?contract=` and `?follows=` fill it in. */
export async function loadOpening(ctx: Context, { query }: PageRequest): Promise<Opening | typeof notFound> {
  const { contract: contractId = '', follows: followsId = '', incident: incidentId = '' } = query
  const services = await listAskable(ctx)
  const contract = isId(contractId) ? await findContract(ctx, contractId) : undefined
  const follows = isId(followsId) ? await findFollowed(ctx, followsId) : undefined
  const incident = isId(incidentId) ? await findAsked(ctx, incidentId) : undefined
  // What is named and not seen is as if it were not there.
  if ((contractId !== '' && !contract) || (followsId !== '' && !follows) || (incidentId !== '' && !incident))
    return notFound
  const whoCan = contract && !contract.mayEdit ? await listWhoCan(ctx) : undefined
  return { services, contract, faults: await listFaults(ctx, contract), whoCan, follows, incident }
}

async function findAsked(ctx: Context, id: string): Promise<Opening['incident']> {
  const incident = await findIncident(ctx, id)
  return (
    incident && { id, title: incident.title[ctx.language].slice(0, longestTitle).toWellFormed(), kind: incident.kind }
  )
}

async function listFaults(ctx: Context, contract: Contract | undefined): Promise<Incident[]> {
  if (!contract || contract.status === 'normal') return []
  const { incidents } = await listEventsOf(ctx, contract.id)
  return incidents.filter(({ kind, phase }) => kind === 'fault' && phase === 'running')
}

async function findFollowed(ctx: Context, id: string): Promise<Followed | undefined> {
  const ticket = await findTicket(ctx, id)
  if (!ticket) return undefined
  const { title, kind, subject } = ticket
  const again = ctx.language === 'ja' ? `続き：${title.ja}` : `Again: ${title.en}`
  return {
    id,
    title: again.slice(0, longestTitle).toWellFormed(),
    kind,
    service: subject.service?.code,
    contracts: subject.contract?.id ? subject.contract.number : undefined,
  }
}
