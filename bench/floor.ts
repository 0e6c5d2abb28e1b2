import { createServer } from 'node:http'
import { verify } from '@node-rs/argon2'
import pg from 'pg'

// The floor, a process of its own: what a page costs with nothing of a portal around it. Two prepared queries, fifty rows,
// HTML by concatenation; no session, no rights, no layout. `/verify` is the bare password check, two at once.

interface Contract {
  number: string
  memo: string
  status: string
}

const { connection, customer, hash } = JSON.parse(process.argv[2] ?? '') as {
  connection: pg.PoolConfig
  customer: string
  hash: string
}
const pool = new pg.Pool({ ...connection, max: 10, idleTimeoutMillis: 0 })

async function page(): Promise<string> {
  const { rows: names } = await pool.query<{ name: string }>({
    name: 'customer',
    text: 'select name from customer where id = $1',
    values: [customer],
  })
  const { rows } = await pool.query<Contract>({
    name: 'contracts',
    text: 'select number, memo, status from contract where customer_id = $1 order by urgency, number, id limit 50',
    values: [customer],
  })
  let html = `<!doctype html><html lang="ja"><title>${names[0]?.name}</title><table>`
  for (const { number, memo, status } of rows) {
    html += `<tr><td>${escape(number)}</td><td>${escape(memo)}</td><td>${escape(status)}</td></tr>`
  }
  return `${html}</table></html>`
}

function escape(text: string): string {
  return /[<>&"]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;') : text
}

const server = createServer((request, response) => {
  const answer = request.url === '/verify' ? verify(hash, 'a long enough password').then(String) : page()
  answer.then(
    (text) => response.setHeader('content-type', 'text/html; charset=utf-8').end(text),
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined })
})
for (const ending of ['SIGTERM', 'disconnect']) process.on(ending, () => process.exit(0))
