'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { MenuRadioGroup } from '@/components/ui/menu'
import { parseTheme, THEME_COOKIE, type Theme } from './theme-names'

const YEAR_S = 31_536_000

const OPTIONS = [
  { value: 'light' as const, label: 'Light', icon: <Sun /> },
  { value: 'dark' as const, label: 'Dark', icon: <Moon /> },
  { value: 'system' as const, label: 'Same as device', icon: <Monitor /> },
]

/** Stands inside a Menu. */
export function ThemeChoice() {
  const theme = useTheme()
  return <MenuRadioGroup label="Theme" value={theme} onValueChange={chooseTheme} options={OPTIONS} />
}

export function useTheme() {
  return useSyncExternalStore(watchTheme, readTheme, () => 'system' as const)
}

export function chooseTheme(theme: Theme) {
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_S}; samesite=lax`
  document.documentElement.dataset.theme = theme
}

function readTheme() {
  return parseTheme(document.documentElement.dataset.theme)
}

function watchTheme(notify: () => void) {
  const observer = new MutationObserver(notify)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
