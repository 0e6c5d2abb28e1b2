/** What one can wish to be told by mail; news is wished as a whole. */
export const mailTopics = ['fault', 'works', 'order', 'news'] as const
export type MailTopic = (typeof mailTopics)[number]

/** Those of one press on the page of a service or a contract. */
export const incidentTopics = ['fault', 'works'] as const satisfies MailTopic[]

/** About what of it: nothing named is all that one may see. */
export type WishScope = { kind: 'all' } | { kind: 'service' | 'site' | 'contract'; id: string }
