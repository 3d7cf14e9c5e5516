/** Where a request comes from. Tokens are the raw values of cookies; the address is the client's, past trusted proxies. */
export type Visitor = {
  readonly ip: string | null
  readonly userAgent: string | null
  readonly requestId?: string
  /** The browser's own mark, by which a person's known devices are recognized. */
  readonly deviceToken?: string | null
}

/** For scripts and jobs: nobody's browser. */
export const NO_VISITOR: Visitor = { ip: null, userAgent: null }
