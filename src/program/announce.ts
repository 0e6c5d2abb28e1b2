import { listDemoAccounts, listDemoStaff } from '#features/demo/demo-accounts.ts'
import { mailboxPath } from '#sites/demo/mailbox.tsx'
import { paths } from '#sites/portal/paths.ts'
import type { Config } from './config.ts'
import type { Running } from './start-parts.ts'

const labels = { totp: 'TOTP', 'mail-otp': 'MailOTP', none: 'chooses at first login' }

/** Says where everything is; in a demo also how to get in. */
export async function announce({ config, running }: { config: Config; running: Running }): Promise<void> {
  const { demo, smtpUrl } = config
  const { portal, settings } = running.sites
  const lines = ['', '  madoguchi 窓口', '']
  if (portal) lines.push(`  Portal         ${new URL(paths.landing, portal).href}`)
  if (settings) lines.push(`  Settings site  ${new URL('/', settings).href}`)
  if (running.sites.console) lines.push(`  Staff console  ${running.sites.console.href}`)
  if (demo && portal) {
    lines.push(
      smtpUrl
        ? `  Mails          to ${new URL(smtpUrl).host}, for example.* only`
        : `  Mailbox        ${new URL(mailboxPath, portal).href}`,
      '',
      '  Demo accounts',
    )
    for (const { mail, name, secondFactor = 'none', password, totpSecret } of await listDemoAccounts()) {
      lines.push(
        `    ${mail.padEnd(24)} ${password ?? '(no password yet)'}  ${labels[secondFactor]}${totpSecret ? ` ${totpSecret}` : ''}  ${name}`,
      )
    }
  }
  if (demo && running.sites.console) {
    lines.push('', '  Demo staff, of the console')
    for (const { mail, name, roles, password, totpSecret } of await listDemoStaff())
      lines.push(`    ${mail.padEnd(24)} ${password}  TOTP ${totpSecret}  ${name} (${roles[0] ?? 'read'})`)
  }
  lines.push('', '  Ctrl-C stops everything.', '')
  process.stdout.write(`${lines.join('\n')}\n`)
}
