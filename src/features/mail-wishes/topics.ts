/** What one can wish to be told by mail. */
export const mailTopics = ['fault', 'works'] as const
export type MailTopic = (typeof mailTopics)[number]

/** About what of it: nothing named is all that one may see. */
export type WishScope = { kind: 'all' } | { kind: 'service' | 'site' | 'contract'; id: string }
