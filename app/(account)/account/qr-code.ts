import { encode } from 'uqr'

const QUIET = 2

/** A QR code as the path of an SVG with one unit a module, and its size; drawn by the page, so that no picture leaves the server. */
export function drawQrCode(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return { path, size }
}
