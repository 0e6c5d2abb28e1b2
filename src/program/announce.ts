import { listDemoAccounts } from '#features/demo/demo-accounts.ts'
import { mailboxPath } from '#sites/demo/mailbox.tsx'
import { paths } from '#sites/portal/paths.ts'
import type { Config } from './config.ts'
import type { Running } from './start-parts.ts'

const labels = { totp: 'TOTP', 'mail-otp': 'MailOTP', none: 'chooses at first login' }

/** Says where everything is; in a demo also how to get in. */
export async function announce({ config, running }: { config: Config; running: Running }): Promise<void> {
  const { portalUrl, demo, smtpUrl } = config
  const site = new URL(portalUrl)
  // Port 0 asks for any that is free: this says which it became.
  if (site.port === '0') site.port = String(running.port)
  const at = (path: string): string => new URL(path, site).href
  const lines = ['', '  madoguchi 窓口', '']
  if (running.port !== undefined) lines.push(`  Portal         ${at(paths.landing)}`)
  if (demo && running.port !== undefined) {
    lines.push(
      smtpUrl
        ? `  Mails          to ${new URL(smtpUrl).host}, for example.* only`
        : `  Mailbox        ${at(mailboxPath)}`,
      '',
      '  Demo accounts',
    )
    for (const { mail, name, secondFactor = 'none', password, totpSecret } of await listDemoAccounts()) {
      lines.push(
        `    ${mail.padEnd(24)} ${password ?? '(no password yet)'}  ${labels[secondFactor]}${totpSecret ? ` ${totpSecret}` : ''}  ${name}`,
      )
    }
  }
  lines.push('', '  Ctrl-C stops everything.', '')
  process.stdout.write(`${lines.join('\n')}\n`)
}
