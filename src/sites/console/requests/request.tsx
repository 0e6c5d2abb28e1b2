import { sayAnswers } from '#features/order-forms/answers.ts'
import { ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import { notFound } from '#platform/web/page.ts'
import { Files } from '#sites/frame/talk/files.tsx'
import { OrderAnswers } from '#sites/frame/order-answers.tsx'
import { RequestStateMark } from '#sites/frame/states/request-state.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { CustomersRequestFacts, RequestTrail } from './request-parts.tsx'
import { seeRequest } from './see-request.ts'

const words = {
  facts: { ja: '申請', en: 'The request' },
  answers: { ja: 'お申し込みの内容', en: 'What is ordered' },
  accept: { ja: '受け付ける', en: 'Accept it' },
  return: { ja: '差し戻す', en: 'Return it' },
}

/** What a customer has asked for, and what can be done with it. */
export const requestPage = staffConsole.page({
  path: paths.request,
  allow: 'read',
  words,
  changesByLooking: true,
  async load(ctx, { params: { id } }) {
    const seen = await seeRequest(ctx, id, paths.request({ id }))
    if (seen === notFound) return notFound
    return { ...seen, mayAnswer: seen.request.state === 'sent' && ctx.staff.roles.includes('provisioning') }
  },
  title: ({ data, reader }) => data.request.title[reader.language],
  view({ data: { request, customer, mayAnswer }, words: text, reader }) {
    const { language } = reader
    const { id } = request
    return (
      <>
        <RequestTrail request={request} language={language} />
        <PageHeading
          heading={request.title[language]}
          lead={<RequestStateMark state={request.state} language={language} />}
        />
        <Columns count={2}>
          <Section heading={text.answers}>
            <OrderAnswers said={sayAnswers(request.form, request.answers, language)} />
            {request.files.length > 0 && (
              <Files
                files={request.files}
                links={{ file: (file) => paths.openRequestFile({ id, file }) }}
                language={language}
              />
            )}
          </Section>
          <Section heading={text.facts}>
            <CustomersRequestFacts request={request} customer={customer} reader={reader} />
          </Section>
        </Columns>
        {mayAnswer && (
          <ButtonRow>
            <ButtonLink href={paths.acceptRequest({ id })}>{text.accept}</ButtonLink>
            <ButtonLink kind="secondary" href={paths.returnRequest({ id })}>
              {text.return}
            </ButtonLink>
          </ButtonRow>
        )}
      </>
    )
  },
})
