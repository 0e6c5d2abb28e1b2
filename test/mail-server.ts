import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

export interface ReceivedMail {
  from: string
  /** Of the envelope: whom the server would really hand it to. */
  recipients: string[]
  mail: ParsedMail
}

export interface MailServer extends AsyncDisposable {
  /** For SMTP_URL. */
  url: string
  /** Whatever was taken, in order. */
  received: ReceivedMail[]
  /** Message-IDs of all that was offered, taken or not. */
  offered: string[]
  /** Of what was taken for one address. */
  to(address: string): ReceivedMail[]
}

/** What the server says to a mail before it takes it: nothing, or an error with this code. May take its time. */
export type Judge = (recipient: string) => Promise<number | undefined> | number | undefined

/** A real SMTP server of this test's own. */
export async function startMailServer(judge: Judge = () => undefined): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const offered: string[] = []
  const take = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> => {
    const mail = await readMail(stream, session)
    offered.push(mail.mail.messageId ?? '')
    const code = await judge(mail.recipients[0] ?? '')
    if (code !== undefined) throw Object.assign(new Error('not taken'), { responseCode: code })
    received.push(mail)
  }
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, session, answer) =>
      void take(stream, session).then(
        () => answer(),
        (error: unknown) => answer(error instanceof Error ? error : new Error(String(error))),
      ),
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  if (!address || typeof address === 'string') throw new Error('A TCP server has a port')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    offered,
    to: (wanted) => received.filter(({ recipients }) => recipients.includes(wanted)),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(resolve)),
  }
}

async function readMail(
  stream: SMTPServerDataStream,
  { envelope: { mailFrom, rcptTo } }: SMTPServerSession,
): Promise<ReceivedMail> {
  return {
    from: mailFrom === false ? '' : mailFrom.address,
    recipients: rcptTo.map(({ address }) => address),
    mail: await simpleParser(stream),
  }
}
