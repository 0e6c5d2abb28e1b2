import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { performance } from 'node:perf_hooks'
import { brotliDecompressSync } from 'node:zlib'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  /** As it came: compressed, if it was. */
  body: Buffer
}

export function textOf({ body, headers }: Answer): string {
  return (headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : body).toString()
}

export interface Ask {
  port: number
  path: string
  headers?: Record<string, string>
  /** Posted as a form; with a file, in parts. */
  form?: Record<string, string>
  file?: { field: string; content: string | Buffer }
}

/** Its connections go before the server would end them. */
const agent = new Agent({ keepAlive: true, timeout: 5000 })

/** One request over a connection that is kept. */
export function ask({ port, path, headers, form, file }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const body = file && form ? partsOf(form, file) : form && new URLSearchParams(form).toString()
    const type = file ? `multipart/form-data; boundary=${boundary}` : 'application/x-www-form-urlencoded'
    const asked = request({
      agent,
      host: '127.0.0.1',
      port,
      path,
      method: form ? 'POST' : 'GET',
      headers: { ...headers, ...(form && { 'content-type': type }) },
    })
    asked.once('error', reject)
    asked.once('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.once('error', reject)
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      )
    })
    asked.end(body)
  })
}

const boundary = 'madoguchi-bench'

/** RFC 7578. */
function partsOf(form: Record<string, string>, { field, content }: NonNullable<Ask['file']>): Buffer {
  const headOf = (what: string): string => `--${boundary}\r\nContent-Disposition: form-data; ${what}\r\n\r\n`
  const fields = Object.entries(form).map(([name, value]) => `${headOf(`name="${name}"`)}${value}\r\n`)
  return Buffer.concat([
    Buffer.from(fields.join('') + headOf(`name="${field}"; filename="x.csv"`)),
    Buffer.from(content),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
}

export interface Driven {
  /** How often the work was done, and in how many seconds. */
  times: number
  seconds: number
  /** Milliseconds of each, the shortest first. */
  latencies: number[]
}

export interface Drive {
  /** Works at once. */
  clients: number
  /** At most so many, in at most so many milliseconds. */
  times: number
  atMost: number
}

/** Does a work again and again; `turn` counts from 0. A failure ends it. */
export async function drive(
  { clients, times, atMost }: Drive,
  work: (turn: number, client: number) => Promise<void>,
): Promise<Driven> {
  const begun = performance.now()
  const latencies: number[] = []
  let turns = 0
  const client = async (_: unknown, number: number): Promise<void> => {
    while (turns < times && performance.now() - begun < atMost) {
      const start = performance.now()
      await work(turns++, number)
      latencies.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const seconds = (performance.now() - begun) / 1000
  return { times: latencies.length, seconds, latencies: latencies.toSorted((one, other) => one - other) }
}

/** The latency that this part of all stays under. */
export function percentile({ latencies }: Driven, part: number): number {
  return latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))] ?? 0
}
