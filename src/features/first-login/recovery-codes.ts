import type { Visitor } from '#platform/context.ts'
import type { Secrets } from '#platform/security/secrets.ts'
import type { FirstLogin } from './find.ts'

/** The codes that a finished registration has to show; undefined once they were seen. */
export function readCodes(
  { secrets }: Pick<Visitor, 'secrets'>,
  { id, recoveryCodes }: FirstLogin,
): string[] | undefined {
  // Sealed by sealCodes: nobody else can have made it.
  return recoveryCodes ? (JSON.parse(secrets.open(purposeOf(id), recoveryCodes)) as string[]) : undefined
}

export function sealCodes(secrets: Secrets, id: string, codes: readonly string[]): Buffer {
  return secrets.seal(purposeOf(id), JSON.stringify(codes))
}

const purposeOf = (id: string): string => `first-login-codes ${id}`
