import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { ImportContent } from '#features/operator-data/import-format.ts'
import { readImportFiles } from '#features/operator-data/import.ts'
import { type StaffRole, staffRoles } from '#features/house.ts'
import { type JsonFile, readJsonFile } from '#features/operator-data/json-file.ts'
import type { UploadedFile } from '#platform/values.ts'

/** Published passwords and secrets: they exist for the demo alone, and no import file has a place for them. */
export interface DemoCredential {
  mail: string
  password: string
  /** In Base32, as one types it into an authenticator. */
  totpSecret?: string | undefined
}

/** The demo's operator and customers, in the order in which they are imported. */
export async function readDemoWorld(): Promise<JsonFile<ImportContent>[]> {
  return readImportFiles(['operator.json', 'customers.json'].map(demoFile))
}

export async function readDemoCredentials(): Promise<DemoCredential[]> {
  const { content } = await readJsonFile(demoFile('credentials.json'), credentials)
  return content.users
}

export interface DemoStaff extends Required<DemoCredential> {
  name: string
  phone: string
  roles: StaffRole[]
}

/** The demo's members of staff, one of each role, and one who reads alone. */
export async function readDemoStaff(): Promise<DemoStaff[]> {
  const { content } = await readJsonFile(demoFile('staff.json'), staff)
  return content.staff
}

/** The company logo of one of its customers. */
export function readDemoLogo(): Promise<Buffer> {
  return readFile(demoFile('logo.svg'))
}

/** What one of its users has attached to an inquiry. */
export async function readDemoPicture(): Promise<UploadedFile> {
  return { name: '通話明細.png', bytes: await readFile(demoFile('call-record.png')) }
}

const credentials = z.strictObject({
  users: z.array(
    z.strictObject({
      mail: z.email(),
      password: z.string().min(10),
      totpSecret: z
        .string()
        .regex(/^[A-Z2-7]{32}$/, 'must be 32 characters of Base32')
        .optional(),
    }),
  ),
})

const staff = z.strictObject({
  staff: z.array(
    z.strictObject({
      mail: z.email(),
      name: z.string(),
      phone: z.string(),
      roles: z.array(z.enum(staffRoles)),
      password: z.string().min(10),
      totpSecret: z.string().regex(/^[A-Z2-7]{32}$/, 'must be 32 characters of Base32'),
    }),
  ),
})

function demoFile(name: string): string {
  return fileURLToPath(new URL(`../../../../demo/${name}`, import.meta.url))
}
