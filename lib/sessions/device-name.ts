import Bowser from 'bowser'

/** What a person would call the device of a user agent: "Firefox on Windows". */
export function deviceName(userAgent: string | null | undefined): string {
  if (!userAgent) return 'Unknown device'
  const { browser, os, platform } = Bowser.parse(userAgent)
  if (!browser.name) return userAgent.split(/[/\s]/)[0]?.slice(0, 40) || 'Unknown device'
  const where = os.name ?? platform.model
  return where ? `${browser.name} on ${where}` : browser.name
}
