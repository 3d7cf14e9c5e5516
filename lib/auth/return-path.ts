const BASE = 'http://same.invalid'

/** A path of this site to go to after sign-in; anything that could lead elsewhere becomes the start page. */
export function returnPath(wished: string | null | undefined): string {
  const fallback = '/organizations'
  // Controls, backslashes and white space are read differently by browsers and by URL: none of them is needed here.
  if (!wished || wished.length > 500 || !wished.startsWith('/') || /^\/[/\\]|[\\\u0000-\u0020\u007f]/.test(wished)) return fallback
  try {
    const url = new URL(wished, BASE)
    const again = decodeURIComponent(url.pathname)
    if (url.origin !== BASE || /^\/[/\\]|[\\\u0000-\u001f]/.test(again)) return fallback
    return url.pathname.startsWith('/api/') || url.pathname.startsWith('/sign-in') ? fallback : `${url.pathname}${url.search}`
  } catch {
    return fallback
  }
}

/**
 * Where NextAuth sends the browser: an address of this origin, written out and in ASCII, or its start page. White space and
 * controls are refused, not tidied: a header with them would be an error, and browsers read them differently.
 */
export function sameOriginUrl(wished: string, baseUrl: string): string {
  if (wished.length > 2_000 || /[\\\u0000-\u0020\u007f]/.test(wished) || /^\/\//.test(wished) || !URL.canParse(wished, baseUrl)) return baseUrl
  const url = new URL(wished, baseUrl)
  const isHere = wished.startsWith('/') || wished === baseUrl || wished.startsWith(`${baseUrl}/`)
  return isHere && url.origin === new URL(baseUrl).origin && !url.username && !url.password && !url.pathname.startsWith('//') ? url.href : baseUrl
}
