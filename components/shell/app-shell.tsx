import type { ReactNode } from 'react'
import { Flash } from '@/components/ui/flash'
import { ToastProvider } from '@/components/ui/toast'
import { CommandMenuButton } from './command-menu-button'
import { Navigation, type NavigationItem, NavigationShortcuts } from './navigation'
import { NavigationDrawer } from './navigation-drawer'
import { organizationStyle } from './organization-colour'
import { OrganizationSwitcher, type OrganizationSummary } from './organization-switcher'
import { ShortcutProvider } from './shortcuts'
import { SkipLink } from './skip-link'
import { PendingPage } from './pending-page'
import { type Person, UserMenu } from './user-menu'

export type AppShellProps = {
  organization: { name: string; slug: string; colour: string; logoHash?: string | null }
  person: Person
  role: string
  navigation: NavigationItem[]
  organizations: OrganizationSummary[]
  signOut: () => void | Promise<void>
  /** The CommandMenu, once; the shell places the buttons that open it. */
  commandMenu?: ReactNode
  /** The bell, which counts what waits; `compact` on a phone. */
  bell?: { wide: ReactNode; compact: ReactNode }
  /** Stays above every page, as for a support session. */
  banner?: ReactNode
  children: ReactNode
}

export function AppShell({ organization, person, role, navigation, organizations, signOut, commandMenu, bell, banner, children }: AppShellProps) {
  const switcher = { organization, role, organizations }
  return (
    <ToastProvider>
      <Flash />
      <ShortcutProvider>
        <div style={organizationStyle(organization.colour)} className="isolate flex min-h-dvh flex-col">
          <SkipLink />
          <div aria-hidden className="fixed inset-x-0 top-0 z-20 h-[3px] bg-organization print:hidden" />
          <div className="flex flex-1 pt-[3px] max-lg:flex-col">
            <aside aria-label="Organization and navigation" className="sticky top-[3px] flex h-[calc(100dvh-3px)] w-60 shrink-0 flex-col gap-3 border-e bg-surface-sunken p-3 max-lg:hidden print:hidden">
              <OrganizationSwitcher {...switcher} shortcut />
              {commandMenu && <CommandMenuButton />}
              {bell?.wide}
              <div className="-mx-1 min-h-0 flex-1 overflow-y-auto p-1">
                <Navigation items={navigation} />
              </div>
              <UserMenu person={person} signOut={signOut} />
            </aside>
            <header className="sticky top-[3px] z-10 flex items-center gap-1 border-b bg-surface-sunken px-2 py-1.5 lg:hidden print:hidden">
              <NavigationDrawer organization={organization}>
                <div className="min-h-0 flex-1 overflow-y-auto p-3">
                  <Navigation items={navigation} />
                </div>
                <div className="border-t p-3">
                  <UserMenu person={person} signOut={signOut} />
                </div>
              </NavigationDrawer>
              <div className="min-w-0 flex-1">
                <OrganizationSwitcher {...switcher} />
              </div>
              {bell?.compact}
              {commandMenu && <CommandMenuButton compact />}
            </header>
            <div className="flex min-w-0 flex-1 flex-col">
              {banner && <section aria-label="Notice">{banner}</section>}
              <main id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl flex-1 px-4 py-5 outline-none print:max-w-none print:p-0 sm:px-6 lg:px-8 lg:py-7">
                <PendingPage>{children}</PendingPage>
              </main>
            </div>
          </div>
          <NavigationShortcuts items={navigation} />
          {commandMenu}
        </div>
      </ShortcutProvider>
    </ToastProvider>
  )
}
