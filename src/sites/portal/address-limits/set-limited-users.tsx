import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { type AffectedUser, findAddressLimit, findAffected } from '#features/address-limits/find.ts'
import { beginTrial } from '#features/address-limits/trial.ts'
import { findSelected, type SelectedUser } from '#features/users/selected.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { idsIn } from '#platform/ui/list/chosen-ids.ts'
import { problemAt, type Redirect, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { ChosenPeople } from '../users/chosen-people.tsx'
import { AffectedUsers } from './affected-users.tsx'
import { OwnAddressField } from './own-address-field.tsx'
import { limitsTitle, limitWords, tabWords, trialProblems, trialWords } from './words.ts'

const words = {
  ...tabWords,
  ...limitWords,
  ...trialWords,
  ...trialProblems,
  title: { ja: 'ユーザーごとの制限の変更', en: 'Change who is restricted' },
  limits: limitsTitle,
  question: {
    ja: (who: string, to: string) => `${who}を「${to}」にしますか？`,
    en: (who: string, to: string) => `Set ${who} to “${to}”?`,
  },
  chosen: {
    ja: (n: number) => `以下の${n}名のユーザー`,
    en: (n: number) => (n === 1 ? 'this user' : `these ${n} users`),
  },
  everybody: { ja: 'すべてのユーザー', en: 'all users' },
  version: { ja: '版', en: 'Version' },
  cancel: userLabels.cancel,
}

interface Data {
  /** Null: everybody. */
  users: SelectedUser[] | null
  limited: boolean
  version: number
  affected: { users: AffectedUser[]; count: number } | undefined
  ownAddress: string
}

const asked = z.object({ to: z.enum(['limited', 'unlimited']), all: z.literal('true').optional() })

/** Who is limited from now on, or no longer: on trial. */
export const setLimitedUsersPage = portal.page({
  path: paths.setLimitedUsers,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, { query }): Promise<Data | Redirect> {
    const read = asked.safeParse(query)
    if (!read.success) return redirect(paths.limitedUsers)
    const limit = await findAddressLimit(ctx)
    const users = read.data.all ? null : await findSelected(ctx, idsIn(query.users))
    if (users?.length === 0) return redirect(paths.limitedUsers)
    const limited = read.data.to === 'limited'
    const networks = limit.entries.map(({ network }) => network)
    const affected =
      limited && users ? await findAffected(ctx, { networks, limited: users.map(({ id }) => id) }) : undefined
    return { users, limited, version: limit.version, affected, ownAddress: ctx.client.ip }
  },
  form: {
    ownAddress: { label: trialWords.ownAddress, value: z.string().trim().max(50).optional() },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  initial: ({ version }) => ({ version: String(version) }),
  critical: {
    async submit(ctx, { data: { users, limited }, input: { version, ownAddress = '' }, words: text }) {
      const ids = users ? users.map(({ id }) => id) : 'all'
      const begun = await beginTrial(ctx, { version, users: { ids, limited }, ownAddress })
      if (begun.ok) return redirect(paths.limitedUsers, { notice: text.begun })
      const { problem } = begun
      return problemAt(problem === 'own-address-refused' ? 'ownAddress' : undefined, text[problem], begun)
    },
  },
  title: ({ words: text }) => text.title,
  view({ data, form, words: text, reader }) {
    const { users, limited, affected, ownAddress, version } = data
    const { language } = reader
    const who = users ? text.chosen(users.length) : text.everybody
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[
            { label: text.limits, href: paths.addressLimits },
            { label: text.perUser, href: paths.limitedUsers },
          ]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={text.question(who, limited ? text.limited : text.unlimited)} tall />
        {users && <ChosenPeople people={users} language={language} />}
        {affected && <AffectedUsers affected={affected} reader={reader} />}
        <Form form={form} layout="page">
          <input type="hidden" name="version" value={version} />
          <OwnAddressField form={form} ownAddress={ownAddress} language={language} />
          <CommitBar effect={text.effect}>
            <ButtonLink kind="secondary" href={paths.limitedUsers}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.apply}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})
