import { sql } from 'kysely'
import { type ChangeBy, recordChange } from '#features/change-history/record.ts'
import { houseId } from '#features/house.ts'
import type { StaffContext } from '#features/staff/context.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { type Audience, audienceOf, type Campaign, type CampaignText, findCampaign } from './campaign.ts'
import { publishNotices } from './publish.ts'
import { countReach, type Reach } from './reach.ts'

/** More are mailed by nobody alone. */
export const mostMailed = 500

type Written = CampaignText & Audience

/** Writes a draft; answers its id. */
export async function addCampaign(ctx: StaffContext, written: Written): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into notice_campaign (kind, title_ja, title_en, body_ja, body_en, customers, for_services, for_administrators, is_important,
      by_mail, published_at, ends_at, made_by, updated_at)
    values (${valuesOf(written)}, ${ctx.staff.number}, ${ctx.now}) returning id`.execute(ctx.tx)
  const id = rows[0]?.id
  if (!id) throw new Error('What was written has an id')
  return id
}

/** Changes a draft. What is published stays as customers have seen it. */
export async function editCampaign(
  { tx, now }: StaffContext,
  { id, version }: Pick<Campaign, 'id' | 'version'>,
  written: Written,
): Promise<Outcome<void, 'changed-meanwhile'>> {
  const { rows } = await sql`
    update notice_campaign set (kind, title_ja, title_en, body_ja, body_en, customers, for_services, for_administrators, is_important,
      by_mail, published_at, ends_at) = row (${valuesOf(written)}), updated_at = ${now}, version = version + 1
    where id = ${id} and version = ${version} and state = 'draft' returning id`.execute(tx)
  return rows.length > 0 ? done() : refuse('changed-meanwhile')
}

function valuesOf({ kind, title, body, ...more }: Written): ReturnType<typeof sql.join> {
  const { customers, services, isForAdministrators, isImportant, byMail, publishedAt, endsAt } = more
  return sql.join([
    sql`${kind}::notice_kind`,
    title.ja,
    title.en,
    body.ja,
    body.en,
    sql`${customers}::uuid[]`,
    sql`${services}::uuid[]`,
    isForAdministrators,
    isImportant,
    byMail,
    publishedAt,
    sql`${endsAt}::timestamptz`,
  ])
}

type NotPublished = 'changed-meanwhile' | 'over' | 'too-many-mails' | 'nobody'

/**
 * Publishes a draft: the worker makes it into notices at once, which are shown from the moment that it says. Stands in the house's
 * history, for it is of no customer's data.
 */
export async function publishCampaign(
  ctx: Confirmed<StaffContext>,
  campaign: Campaign,
): Promise<Outcome<void, NotPublished>> {
  if (campaign.endsAt && campaign.endsAt <= ctx.now) return refuse('over')
  const reach = await countReach(ctx, audienceOf(campaign))
  if (reach.customers === 0) return refuse('nobody')
  if (takesTwo(campaign, reach)) return refuse('too-many-mails')
  const moved = await move(ctx, campaign, { from: 'draft', to: 'published' })
  if (!moved.ok) return moved
  await sql`select enqueue_notices(${campaign.id})`.execute(ctx.tx)
  await note(ctx, campaign, { action: 'notice-published', after: { customers: reach.customers } })
  return done()
}

/** Whether it takes a second yes to publish it. */
export function takesTwo({ byMail }: Pick<Campaign, 'byMail'>, { mailed }: Pick<Reach, 'mailed'>): boolean {
  return byMail && mailed > mostMailed
}

/** Publishes what two members of staff have agreed on, if it is still what they have read; answers why not. With the operator's role. */
export async function publishAgreed(
  by: ChangeBy & { agreed: Record<string, string> },
  { id, version }: Pick<Campaign, 'id' | 'version'>,
): Promise<'changed' | 'not-possible' | undefined> {
  const campaign = await findCampaign(by, id)
  if (campaign?.state !== 'draft' || campaign.version !== version) return 'changed'
  const reach = await countReach(by, audienceOf(campaign))
  if ((campaign.endsAt && campaign.endsAt <= by.now) || reach.customers === 0) return 'not-possible'
  const moved = await move(by, campaign, { from: 'draft', to: 'published' })
  if (!moved.ok) return 'changed'
  await publishNotices(by, id)
  await note(by, campaign, { action: 'notice-published', after: { customers: reach.customers, ...by.agreed } })
  return undefined
}

/** Takes back what is published: nobody is shown it any more. Mails that were sent cannot be called back. */
export async function withdrawCampaign(
  ctx: StaffContext,
  campaign: Campaign,
): Promise<Outcome<void, 'changed-meanwhile'>> {
  const moved = await move(ctx, campaign, { from: 'published', to: 'withdrawn' })
  if (!moved.ok) return moved
  await sql`select enqueue_notices(${campaign.id})`.execute(ctx.tx)
  await note(ctx, campaign, { action: 'notice-withdrawn' })
  return done()
}

async function move(
  { tx, now }: Pick<ChangeBy, 'tx' | 'now'>,
  { id, version }: Campaign,
  { from, to }: { from: string; to: string },
): Promise<Outcome<void, 'changed-meanwhile'>> {
  const { rows } = await sql`
    update notice_campaign set state = ${to}, updated_at = ${now}, version = version + 1,
      published_at = case when state = 'draft' then greatest(published_at, ${now}) else published_at end
    where id = ${id} and version = ${version} and state = ${from} returning id`.execute(tx)
  return rows.length === 0 ? refuse('changed-meanwhile') : done()
}

async function note(
  { tx, now, actor }: ChangeBy,
  { id, title }: Campaign,
  change: { action: 'notice-published' | 'notice-withdrawn'; after?: Record<string, number | string> },
): Promise<void> {
  await recordChange(
    { tx, now, actor: { ...actor, customer: { id: houseId } } },
    { ...change, subject: { kind: 'notice', id, name: title.ja } },
  )
}
