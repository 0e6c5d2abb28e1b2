import pg from 'pg'
import { expectSupportedServer } from './server-version.ts'

export interface LoginRole {
  name: 'portal_owner' | 'portal_app' | 'portal_staff'
  /** Absent where the server trusts the socket. */
  password?: string
}

const loginNames: readonly string[] = ['portal_owner', 'portal_app', 'portal_staff'] satisfies LoginRole['name'][]

/**
 * Makes the database and its roles with an administrator's connection, and leaves alone what is there.
 * Names are fixed because the policies in the migrations name them. Throws a StartProblem when the server is too old.
 */
export async function initDatabase(
  administrator: pg.ClientConfig,
  database: string,
  logins: LoginRole[],
): Promise<void> {
  await withClient(administrator, async (client) => {
    await expectSupportedServer(client)
    for (const { name, password } of logins) await addRole(client, name, password)
    for (const name of ['portal_staff', 'portal_operator', 'portal_door', 'telephone_engine'])
      await addRole(client, name)
    await client.query('grant portal_operator, portal_door to portal_owner')
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) {
      await client.query(
        `create database ${client.escapeIdentifier(database)} owner portal_owner template template0 encoding 'UTF8' locale_provider 'builtin' builtin_locale 'C.UTF-8' locale 'C'`,
      )
    }
  })
  await withClient({ ...administrator, database }, async (client) => {
    await client.query('revoke all on schema public from public')
    await client.query('alter schema public owner to portal_owner')
    await client.query(`revoke all on database ${client.escapeIdentifier(database)} from public`)
    await client.query(`grant connect on database ${client.escapeIdentifier(database)} to portal_app, portal_staff`)
  })
}

/** Closes the databases that a server has from the beginning to all but administrators; only for a server that is ours alone. */
export async function closeOtherDatabases(administrator: pg.ClientConfig): Promise<void> {
  await withClient(administrator, async (client) => {
    await client.query('revoke all on database postgres, template1 from public')
  })
}

async function withClient(config: pg.ClientConfig, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

async function addRole(client: pg.Client, name: string, password?: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name])
  const login = loginNames.includes(name) ? 'login' : 'nologin'
  if (rowCount === 0) await client.query(`create role ${client.escapeIdentifier(name)} ${login} noinherit`)
  if (password)
    await client.query(`alter role ${client.escapeIdentifier(name)} password ${client.escapeLiteral(password)}`)
}
