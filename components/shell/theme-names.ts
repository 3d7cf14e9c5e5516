export const THEMES = ['light', 'dark', 'system'] as const
export type Theme = (typeof THEMES)[number]

export const THEME_COOKIE = 'theme'

/** For the root layout: `<html data-theme={parseTheme(cookies.get(THEME_COOKIE)?.value)}>`. */
export function parseTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system'
}
