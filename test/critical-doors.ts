import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What writes who is a user, what a user may do or how a user is known, and need not take a confirmed context: because… */
const exempt: Readonly<Record<string, string | Readonly<Record<string, string>>>> = {
  'address-limits/fall-back.ts': 'what was confirmed last is in force again',
  'address-limits/trial.ts': { endTrial: 'what was confirmed last is in force again' },
  'demo/inner/sample-history.ts': 'it fills an empty demo',
  'demo/inner/sample-period.ts': 'it fills an empty demo',
  'demo/load-demo.ts': 'it fills an empty demo',
  'first-login/inner/finish-registration.ts': 'the mailed URL and the identity prove who it is',
  'first-login/inner/finish-reset.ts': 'the mailed URL and the identity prove who it is',
  'first-login/send-opening-notice.ts': 'it notes that a notice waits',
  'onward/outside-targets.ts': {
    findOutsideTargets: 'it reads',
    assumeOutside: 'it serves a try, of which nothing is left',
  },
  'idle-times/customer.ts': { findCustomerIdleTime: 'it reads' },
  'idle-times/own.ts': 'it can only be shortened',
  'mails/refused-addresses.ts': 'it notes what mail servers say, and gives nobody anything',
  'recovery-codes/make.ts': 'renewRecoveryCodes and the first login answer for it',
  'recovery-codes/use.ts': 'it is the second factor',
  'sign-in/complete.ts': 'it is the login',
  'sign-in/inner/judge.ts': 'it is the second factor',
  'trusted-browsers/settings.ts': { findTrustSettings: 'it reads' },
  'staff/add.ts': 'the operator does it',
  'staff/members.ts': { listMembers: 'it reads', findMember: 'it reads' },
  'staff/inner/deeds.ts': 'two members of staff have said yes',
  'staff/inner/judge.ts': 'it reads',
  'user-groups/add.ts': 'the group has no members and no rights',
  'user-groups/automatic.ts': 'the operator does it',
  'user-groups/copy.ts': 'the group has no members',
  'user-groups/edit.ts': 'name and description give nothing',
  'user-groups/inner/change-members.ts': 'setMembership and planMembership answer for it',
  'user-groups/end-contract-rules.ts': 'the operator does it',
  'user-groups/put.ts': 'the operator does it',
  'users/add.ts': { addPlainUser: 'the user gets no rights' },
  'users/change-mail.ts': {
    askAtNewAddress: 'changeMail and confirmImport answer for it',
    withdrawMailChange: 'the address stays as it is',
  },
  'users/change-password.ts': 'it takes the present password',
  'users/confirm-mail.ts': 'it takes the mailed URL',
  'users/edit.ts': { editDetails: 'it writes neither role, second factor nor groups' },
  'users/forget.ts': 'the worker does it',
  'users/inner/start-anew.ts': 'resetFactor, giveFactor and the second yes answer for it',
  'users/inner/many-mails.ts': 'confirmImport answers for what the worker does',
  'users/inner/many-rows.ts': 'confirmImport answers for what the worker does',
  'users/inner/write-mail.ts': 'changeMail and confirmMail answer for it',
  'users/own-profile.ts': 'it is how the portal looks to oneself',
  'users/put.ts': 'the operator does it',
  'users/second-yes.ts': 'two members of staff have said yes',
}

const tables = String.raw`portal_user|user_credential|recovery_code|mail_change|user_group|user_group_member|user_group_right|pbx\.outside_target`
const writes = new RegExp(
  String.raw`(?:updateTable|insertInto|deleteFrom)\('(?:${tables})'|(?:insert into|update|delete from) (?:${tables})\b|makeRecoveryCodes\(|writeMail\(`,
)

/** Doors to what is critical that can be opened without the second factor; a sentence for each. */
export function findOpenDoors(root: string, paths: readonly string[]): string[] {
  const features = paths.filter((path) => /^src\/features\/.+[.]tsx?$/.test(path) && !/[.]test[.]tsx?$/.test(path))
  return features.flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    const because = exempt[path.replace('src/features/', '')] ?? {}
    if (!writes.test(text) || typeof because === 'string') return []
    return plainDoorsIn(text)
      .filter((name) => because[name] === undefined)
      .map((name) => `${path}: ${name} is critical, and takes no Confirmed<Context>`)
  })
}

/** Functions to be called from elsewhere that do something, with whatever context. */
function plainDoorsIn(text: string): string[] {
  return text.split(/^(?=export )/m).flatMap((part) => {
    const [head = ''] = part.split(/\{\n|=>/)
    const [, name] = /^export (?:async function|function|const) (\w+)/.exec(head) ?? []
    return name && head.includes('Promise<') && !takesConfirmed.test(head) ? [name] : []
  })
}

const takesConfirmed = /^export [\w ]+(?:<[^(]*>)?(?: = (?:async )?)?\(\s*ctx: Confirmed<(?:Staff|Line)?Context>/

/** Casts by which a context could be made to look confirmed, and contexts confirmed elsewhere than in the platform. */
export function findForgedConfirmations(root: string, paths: readonly string[]): string[] {
  const production = paths.filter(
    (path) => /^src\/(?!platform\/).+[.]tsx?$/.test(path) && !/[.]test[.]tsx?$/.test(path),
  )
  return production.flatMap((path) => {
    const lines = readFileSync(join(root, path), 'utf8').split('\n')
    return lines.flatMap((line, index) =>
      /\bas (?:never|any|unknown|Confirmed)\b|\bconfirmedOf\b/.test(line)
        ? [`${path}:${index + 1}: the platform alone confirms a context`]
        : [],
    )
  })
}
