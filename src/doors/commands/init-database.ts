import { type Config, readDatabaseUrls } from '#program/config.ts'
import { initDatabase } from '#program/init-database.ts'
import { migrate } from '#program/migrate.ts'
import { reasonOf } from '#program/refused-connection.ts'
import { isStartProblem } from '#platform/start-problem.ts'
import { type Command, Failure, readArguments, WrongUsage } from './command.ts'

export const initDatabaseCommand: Command = {
  summary: 'makes the database and its roles on a PostgreSQL of yours',
  help: `Usage: npm run operator -- init-database --admin-url URL

Makes the database and its roles, and runs the migrations. What is there already stays as it is; the passwords of
portal_app, portal_owner and portal_staff are set to those in the addresses below.

  --admin-url URL   connection of a database administrator, such as postgres://postgres@db.example/postgres; without a
                    password in it, PGPASSWORD or ~/.pgpass is used

DATABASE_URL (user portal_app) and DATABASE_OWNER_URL (user portal_owner) say which database is made, and DATABASE_STAFF_URL
(user portal_staff) as whom the console works, if there is to be one; no other setting is needed. The embedded PostgreSQL needs none of this.`,
  async run(args, { environment }) {
    const { values, positionals } = readArguments(args, { 'admin-url': { type: 'string' } })
    const adminUrl = values['admin-url']
    if (positionals.length > 0) throw new WrongUsage(`Nothing is known to be done with "${positionals[0]}".`)
    if (!adminUrl || !URL.canParse(adminUrl) || !/^postgres(ql)?:/.test(adminUrl))
      throw new WrongUsage("--admin-url needs the URL of an administrator's connection.")
    const { name, ownerUrl, logins } = targetOf(readDatabaseUrls(environment))
    await asToldBy('--admin-url', initDatabase({ connectionString: adminUrl }, name, logins))
    await asToldBy('DATABASE_OWNER_URL', migrate({ connectionString: ownerUrl }))
    console.log(`The database ${name} and its roles are there, and all migrations have run.`)
  },
}

/** Of several connections, which one has the trouble; what says itself what to do is left as it is. */
async function asToldBy(setting: string, work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (isStartProblem(error) || !(error instanceof Error)) throw error
    throw new Failure(`${setting}: ${reasonOf(error) ?? error.message}`, { cause: error.cause })
  }
}

interface Target {
  name: string
  ownerUrl: string
  logins: Parameters<typeof initDatabase>[2]
}

function targetOf({ appUrl, ownerUrl, staffUrl }: NonNullable<Config['database']>): Target {
  const owner = readUrl('DATABASE_OWNER_URL', ownerUrl, 'portal_owner')
  const logins = [owner.login]
  const others = [
    ['DATABASE_URL', appUrl, 'portal_app'],
    ['DATABASE_STAFF_URL', staffUrl, 'portal_staff'],
  ] as const
  for (const [setting, url, user] of others) {
    if (!url) continue
    const { name, login } = readUrl(setting, url, user)
    if (name !== owner.name)
      throw new Failure(`${setting} names the database ${name} and DATABASE_OWNER_URL ${owner.name}.`)
    logins.push(login)
  }
  return { name: owner.name, ownerUrl, logins }
}

type Login = Target['logins'][number]

function readUrl(setting: string, url: string, user: Login['name']): { name: string; login: Login } {
  const { username, password, pathname } = new URL(url)
  // The policies of the migrations name these roles.
  if (username !== user) throw new Failure(`${setting}: the user must be ${user}.`)
  const name = decodeURIComponent(pathname.slice(1))
  if (!name) throw new Failure(`${setting}: the name of the database is missing.`)
  return { name, login: { name: user, ...(password && { password: decodeURIComponent(password) }) } }
}
