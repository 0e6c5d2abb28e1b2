declare module 'pg/lib/utils.js' {
  const utils: {
    /** A value as `pg` writes it for the server. */
    prepareValue: (value: unknown) => Buffer | string | null
  }
  export default utils
}
