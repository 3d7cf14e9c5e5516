'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { type DateStyle, dateStyleOf } from './exact-time'

const DateStyleContext = createContext<DateStyle>('en-GB')

/** How the person signed in writes dates, for everything below. */
export function DateStyleProvider({ locale, children }: { locale: string; children: ReactNode }) {
  return <DateStyleContext value={dateStyleOf(locale)}>{children}</DateStyleContext>
}

export const useDateStyle = () => useContext(DateStyleContext)
