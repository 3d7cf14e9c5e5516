import type { CSSProperties } from 'react'

const HEX = /^#[0-9a-f]{6}$/i
const UNKNOWN = '#6b6b66'
const LIGHT_TEXT = '#ffffff'
const DARK_TEXT = '#111111'

/** Anything but `#rrggbb` becomes grey, so that no other text from the database reaches a style attribute. */
export function organizationColour(colour: string | null | undefined) {
  return colour && HEX.test(colour) ? colour : UNKNOWN
}

export function organizationStyle(colour: string | null | undefined) {
  return { '--organization-colour': organizationColour(colour) } as CSSProperties
}

/** Black or white, whichever reads better: at least 4.5:1 on every colour (WCAG 2.2 relative luminance). */
export function readableOn(colour: string) {
  const luminance = luminanceOf(organizationColour(colour))
  return (luminance + 0.05) / (luminanceOf(DARK_TEXT) + 0.05) >= 1.05 / (luminance + 0.05) ? DARK_TEXT : LIGHT_TEXT
}

function luminanceOf(hex: string) {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
