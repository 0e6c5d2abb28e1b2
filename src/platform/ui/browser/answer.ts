export interface Answer {
  /** What the server said, when it said something as JSON. */
  body: unknown
  /** The server was reached and knows the reader no more. */
  refused: boolean
}

export async function ask(url: string, request: RequestInit = {}): Promise<Answer> {
  try {
    const response = await fetch(url, { ...request, headers: { Accept: 'application/json' } })
    const isJson = response.headers.get('Content-Type')?.includes('json') === true
    if (response.ok && isJson) return { body: await response.json(), refused: false }
    // A page where JSON was asked for is the login page. An error of the server's own says nothing about the reader.
    return { body: undefined, refused: response.status < 500 }
  } catch {
    return { body: undefined, refused: false }
  }
}

export function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Object.entries(body).find(([key]) => key === name)?.[1] : undefined
}
