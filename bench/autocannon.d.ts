// As much of autocannon as the bench of the server uses; the package brings no types.

declare module 'autocannon' {
  interface Wanted {
    readonly url: string
    readonly headers?: Readonly<Record<string, string>>
    readonly connections: number
    /** Seconds. */
    readonly duration: number
  }
  interface Result {
    readonly requests: { readonly average: number; readonly total: number }
    readonly latency: { readonly p99: number }
    readonly non2xx: number
  }
  // The package exports by default and offers nothing else.
  const autocannon: (wanted: Wanted) => Promise<Result>
  export = autocannon
}
