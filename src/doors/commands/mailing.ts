import type { Mailing } from '#features/operator-context.ts'
import { type Environment, readSiteUrls, readSecretKeys } from '#program/config.ts'
import { secretsOf } from '#platform/security/secrets.ts'

/** What mails with links are made with; undefined where the settings of the portal are not known here. */
export function readMailing(environment: Environment): Mailing | undefined {
  const { portalUrl, consoleUrl } = readSiteUrls(environment)
  const keys = readSecretKeys(environment)
  return portalUrl && keys.length > 0 ? { portalUrl, consoleUrl, secrets: secretsOf(keys) } : undefined
}
