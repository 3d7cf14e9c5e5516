const HOST = 'evil.example'

/** Addresses that must not lead anybody off this site, whatever reads them: a header, a browser, an URL parser. */
export function hostileAddresses(base: string): string[] {
  const { host } = new URL(base)
  const schemes = ['https:', 'http:', 'HTTPS:', 'javascript:', 'data:text/html,', 'vbscript:', 'file:', 'ftp:', 'blob:', 'about:', 'ws:', 'intent:']
  const slashes = ['', '/', '//', '///', '\\', '\\\\', '/\\', '\\/', '/\t/', '/\n/', '/\r\n/', '%2f%2f', '/%2f', '/%5c', '//%09', '/.//', '/..//', '/;/']
  return [...new Set([
    ...schemes.flatMap((scheme) => [`${scheme}//${HOST}`, `${scheme}${HOST}`, `${scheme}\\\\${HOST}`]),
    ...slashes.map((mark) => `${mark}${HOST}`),
    `${base}@${HOST}`, `${base}.${HOST}`, `${base}:x@${HOST}/`, `${base}%2e${HOST}`, `${base}\\@${HOST}`, `${base}\\.${HOST}`, `${base}//${HOST}`, `${base}/\\${HOST}`, `${base}#@${HOST}`, `${base}?@${HOST}`, `${base}\t.${HOST}`,
    `http://${HOST}#${base}`, `http://${HOST}?${base}/`, `http://${HOST}/${base}`, `http://${host}@${HOST}`, `http://x:y@${host}`, `//${host}@${HOST}`, `https://${host}`, `http://${host}0`, `http://[::1]:80`, 'http://127.0.0.1:1',
    ` ${base}@${HOST}`, ` https://${HOST}`, `\u0000https://${HOST}`, `\u00a0//${HOST}`, `https://${HOST}\r\nSet-Cookie: a=b`, `/x\r\nLocation: https://${HOST}`, `/\u2028/${HOST}`, `/\u3000/${HOST}`, `https://\u2025${HOST}`, `https:${HOST}\u3002`, `\uff0f\uff0f${HOST}`,
    'javascript:alert(1)//', 'java\nscript:alert(1)', 'JaVaScRiPt:alert(1)', '&#106;avascript:alert(1)', `//${HOST}/%2f..`, `/..${'/..'.repeat(40)}//${HOST}`, `//${HOST}`.repeat(20), 'x'.repeat(5_000), '/'.repeat(3_000), '\ud800', '[]', '{}', 'null', '/ä/ö?ü=ß',
  ])]
}
