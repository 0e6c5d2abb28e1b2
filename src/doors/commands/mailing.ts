import { type Environment, readPortalUrl, readSecretKeys } from '#program/config.ts'
import { type Secrets, secretsOf } from '#platform/security/secrets.ts'

/** What mails with links are made with; undefined where the settings of the portal are not known here. */
export function readMailing(environment: Environment): { secrets: Secrets; portalUrl: URL } | undefined {
  const portalUrl = readPortalUrl(environment)
  const keys = readSecretKeys(environment)
  return portalUrl && keys.length > 0 ? { portalUrl, secrets: secretsOf(keys) } : undefined
}
