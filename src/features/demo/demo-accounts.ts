import { type DemoStaff, readDemoCredentials, readDemoStaff, readDemoWorld } from './inner/demo-files.ts'

/** An account that visitors of the demo can log in with, as the start prints it. */
export interface DemoAccount {
  customer: string
  mail: string
  name: string
  phone: string
  role: 'general-user' | 'portal-administrator'
  /** Absent: chosen at the first login. */
  secondFactor?: 'totp' | 'mail-otp' | undefined
  /** Absent: awaits registration. */
  password?: string | undefined
  /** In Base32; only with TOTP. */
  totpSecret?: string | undefined
}

/** The demo's sample accounts in the order of their files. */
export async function listDemoAccounts(): Promise<DemoAccount[]> {
  const [files, credentials] = await Promise.all([readDemoWorld(), readDemoCredentials()])
  const byMail = new Map(credentials.map((credential) => [credential.mail, credential]))
  return files
    .flatMap(({ content }) => content.customers ?? [])
    .flatMap((customer) =>
      (customer.users ?? []).map(({ mail, name, phone, role, secondFactor }) => ({
        customer: customer.name,
        mail,
        name,
        phone,
        role,
        secondFactor,
        password: byMail.get(mail)?.password,
        totpSecret: byMail.get(mail)?.totpSecret,
      })),
    )
}

/** The demo's members of staff in the order of their file. */
export async function listDemoStaff(): Promise<DemoStaff[]> {
  return readDemoStaff()
}
