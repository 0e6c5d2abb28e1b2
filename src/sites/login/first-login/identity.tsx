import { z } from 'zod'
import { typedLoginId } from '#features/sign-in/login-id.ts'
import { signInLabels } from '#sites/frame/guide-labels.ts'
import type { FirstLogin } from '#features/first-login/find.ts'
import { identify } from '#features/first-login/identify.ts'
import { houseId } from '#features/house.ts'
import { momentInMail } from '#features/mails/moment.ts'
import { Button, ButtonRow } from '#platform/ui/form/button.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'
import { loadStep, startAgain, stepCookie, StepHeading, stepTitle } from './steps.tsx'

const words = {
  operator: {
    ja: 'お申し込みの際に登録された内容を入力してください。',
    en: 'Enter what was given when the service was ordered.',
  },
  administrator: {
    ja: '御社のポータル管理者が登録した内容を入力してください。わからない場合は、ポータル管理者にご確認ください。',
    en: 'Enter what a portal administrator of your company has registered. If you do not know it, ask them.',
  },
  again: {
    ja: 'ポータルに登録されている内容を入力してください。',
    en: 'Enter what is registered in the portal.',
  },
  staff: {
    ja: '担当者として登録された内容を入力してください。',
    en: 'Enter what was registered of you as a member of staff.',
  },
  operatorsPhone: {
    ja: 'お申込書に記入された、ご本人の連絡先電話番号です。',
    en: 'Your contact number, as in the application form. ',
  },
  administratorsPhone: {
    ja: 'ポータル管理者がユーザー情報の「電話番号」に登録した番号です。携帯電話番号の欄の番号ではありません。',
    en: 'The “phone number” of your user, as the administrator has registered it; not the one under mobile phone. ',
  },
  staffsPhone: { ja: '登録された電話番号です。', en: 'The number that was registered. ' },
  registeredPhone: {
    ja: 'マイプロフィールの「電話番号」の番号です。携帯電話番号の欄の番号ではありません。',
    en: 'The “phone number” of your profile; not the one under mobile phone. ',
  },
  mail: signInLabels.mailAddress,
  mailHint: {
    ja: 'URLのメールを受け取ったメールアドレスです。',
    en: 'The address that the mail with the URL came to.',
  },
  name: signInLabels.fullName,
  nameHint: { ja: '姓と名の間の空白、全角・半角の違いは問いません。', en: 'Spaces and capitals make no difference.' },
  phone: signInLabels.contactPhone,
  phoneHint: {
    ja: 'ハイフンの有無、全角・半角の違いは問いません。',
    en: 'Hyphens make no difference, nor does +81 for 0.',
  },
  next: { ja: '次へ進む', en: 'Next' },
  until: {
    ja: (until: string) =>
      `このURLの有効期限：${until}。過ぎた場合は、ログイン画面の「${signInLabels.resetPassword.ja}」から再発行できます。`,
    en: (until: string) =>
      `This URL is valid until ${until}. After that, choose “${signInLabels.resetPassword.en}” on the login page.`,
  },
  'wrong-identity': {
    ja: (left: number) =>
      `入力した内容が登録内容と一致しません。3つの項目をすべて確認して、もう一度入力してください。あと${left}回間違えると、このURLは使用できなくなります。`,
    en: (left: number) =>
      `What you entered does not match what is registered. Check all three fields and enter them again. ${left} more failed tries and this URL stops working.`,
  },
}

const typed = (most: number) => z.string().trim().min(1).max(most)

/** ①本人確認 */
export const identityPage = loginRoom.page({
  path: paths.firstLoginIdentity,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  section: 'first-login',
  load: (ctx, asked) => loadStep(ctx, asked, 'identity'),
  form: {
    mail: { label: words.mail, value: typedLoginId },
    name: { label: words.name, value: typed(200) },
    phone: { label: words.phone, value: typed(50) },
  },
  async submit(ctx, { data, input, words: text }) {
    const shown = await identify(ctx, data, input)
    if (shown.ok) return redirect(paths.firstLoginPassword, { cookies: [stepCookie(shown.value)] })
    if (shown.problem === 'void') return startAgain
    return problemAt(undefined, text['wrong-identity'](data.identityTriesLeft - 1), shown)
  },
  title: ({ data, reader: { language } }) => stepTitle({ firstLogin: data, step: 'identity', language }),
  view: ({ data, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Panel roomy>
        <StepHeading firstLogin={data} step="identity" language={language} />
        <p>{text[originOf(data)]}</p>
        <Form form={form}>
          <TextField
            form={form}
            name="mail"
            label={text.mail}
            language={language}
            mark="required"
            type="email"
            autoComplete="email"
            hint={text.mailHint}
            autoFocus={form.problems.length === 0}
          />
          <TextField
            form={form}
            name="name"
            label={text.name}
            language={language}
            mark="required"
            autoComplete="name"
            hint={text.nameHint}
          />
          <TextField
            form={form}
            name="phone"
            label={text.phone}
            language={language}
            mark="required"
            type="tel"
            autoComplete="tel"
            hint={text[phoneWords[originOf(data)]] + text.phoneHint}
          />
          <ButtonRow place="end">
            <Button>{text.next}</Button>
          </ButtonRow>
        </Form>
        <p class="small-text">{text.until(momentInMail(data.expiresAt, data.user.timeZone, language))}</p>
      </Panel>
    </>
  ),
})

type Origin = 'operator' | 'administrator' | 'again' | 'staff'

const phoneWords = {
  operator: 'operatorsPhone',
  administrator: 'administratorsPhone',
  again: 'registeredPhone',
  staff: 'staffsPhone',
} as const satisfies Record<Origin, keyof typeof words>

/** From where the user knows what is registered. */
function originOf({ purpose, isFromOperator, customerId }: FirstLogin): Origin {
  if (customerId === houseId) return 'staff'
  if (purpose === 'password-reset') return 'again'
  return isFromOperator ? 'operator' : 'administrator'
}
