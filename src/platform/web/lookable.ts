/** A page, to somebody who only looks at what another sees. */
export interface Lookable {
  /** Not for them. */
  isClosedToLooks?: true
}

/** An action, to the same. */
export interface EndsLook<Context> {
  /** What it does for them instead: ends that. */
  endLook?: (ctx: Context) => Promise<void>
}
