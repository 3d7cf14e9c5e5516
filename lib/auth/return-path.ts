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
