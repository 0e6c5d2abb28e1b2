import { signInLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { findOwnProfile } from '#features/users/own-profile.ts'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { formatList } from '#platform/ui/text/list-format.ts'
import { zoneLabel } from '#platform/time/format.ts'
import { periodShown } from '../users/period.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { groupNamed } from '../group-named.ts'
import { kanaLabel, periodLabels } from '../users/words.ts'
import { profileWords } from './links.ts'

const words = {
  ...profileWords,
  basics: userLabels.basics,
  name: userLabels.name,
  kana: kanaLabel,
  phone: userLabels.phone,
  mail: userLabels.mailAddress,
  jobTitle: userLabels.position,
  mobilePhone: userLabels.mobilePhone,
  mailLanguage: userLabels.mailLanguage,
  japanese: userLabels.japanese,
  english: userLabels.english,
  timeZone: userLabels.timeZone,
  safety: { ja: 'ログインと安全', en: 'Login and security' },
  password: signInLabels.firstPassword,
  changedBefore: { ja: '', en: 'Changed ' },
  changedAfter: { ja: 'に変更', en: '' },
  change: { ja: '変更する', en: 'Change' },
  factor: userLabels.secondFactor,
  totp: userLabels.totp,
  mailOtp: userLabels.mailOtp,
  left: { ja: (n: number) => `残り${n}個`, en: (n: number) => `${n} left` },
  renew: { ja: '作り直す', en: 'Create new codes' },
  noCodes: { ja: '未作成', en: 'None' },
  make: { ja: '作成する', en: 'Create codes' },
  minutes: { ja: (n: number) => `${n}分`, en: (n: number) => `${n} minutes` },
  check: { ja: '確認する', en: 'See' },
  groups: userLabels.groups,
  period: periodLabels.period,
  noGroups: { ja: '所属していません', en: 'None' },
  lead: { ja: 'ポータルに登録されている、ご自身の情報です。', en: 'What the portal knows about you.' },
  ask: {
    ja: '名前、ふりがな、電話番号、メールアドレスを変更するときは、御社のポータル管理者にご連絡ください。',
    en: 'To change your name, phone number or email address, ask your portal administrator.',
  },
}

/** プロフィール: what the portal knows of oneself. */
export const profilePage = portal.page({
  path: paths.profile,
  allow: 'user',
  words,
  section: 'profile',
  load: async (ctx) => ({ ...(await findOwnProfile(ctx)), actor: ctx.actor }),
  title: ({ words: text }) => text.profile,
  view: ({ data, words: text, reader }) => {
    const { actor } = data
    const { language, now, timeZone: zone } = reader
    return (
      <>
        <PageHeading heading={text.profile} lead={text.lead} />
        <Section heading={text.basics}>
          <Facts
            facts={[
              { term: text.name, value: actor.name },
              { term: text.kana, value: data.kana },
              { term: text.mail, value: <MailAddress mail={data.mail} /> },
              { term: text.phone, value: data.phone },
              { term: text.mobilePhone, value: data.mobilePhone },
              { term: text.jobTitle, value: data.jobTitle },
              {
                term: text.period,
                value: data.endsOn && periodShown({ beginsOn: '', endsOn: data.endsOn }, { language, now }),
              },
              { term: text.mailLanguage, value: data.mailLanguage === 'ja' ? text.japanese : text.english },
              { term: text.timeZone, value: `${zoneLabel(actor.timeZone, language, now)} ${actor.timeZone}` },
              {
                term: text.groups,
                value:
                  formatList(
                    actor.groups.map(({ name }) => groupNamed(name, language)),
                    language,
                  ) || text.noGroups,
              },
            ].filter(({ value }) => value !== '')}
          />
          <p class="small-text">{text.ask}</p>
        </Section>
        <Section heading={text.safety}>
          <Facts
            facts={[
              {
                term: text.password,
                value: (
                  <>
                    {data.passwordChangedAt && (
                      <>
                        {text.changedBefore}
                        <Time at={data.passwordChangedAt} zone={zone} language={language} now={now} format="date" />
                        {text.changedAfter}{' '}
                      </>
                    )}
                    <a href={paths.password}>{text.change}</a>
                  </>
                ),
              },
              { term: text.factor, value: actor.secondFactor === 'totp' ? text.totp : text.mailOtp },
              {
                term: text.recoveryCodes,
                value: (
                  <>
                    {data.recoveryCodesLeft > 0 ? text.left(data.recoveryCodesLeft) : text.noCodes}{' '}
                    <a href={paths.recoveryCodes}>{data.recoveryCodesLeft > 0 ? text.renew : text.make}</a>
                  </>
                ),
              },
              { term: text.sessions, value: <a href={paths.sessions}>{text.check}</a> },
              {
                term: text.idleTime,
                value: <a href={paths.ownIdleTime}>{text.minutes(actor.idleMinutes)}</a>,
              },
            ]}
          />
        </Section>
      </>
    )
  },
})
