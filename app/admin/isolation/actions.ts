'use server'

import { z } from 'zod'
import { superAdminAction } from '@/lib/actions/super-admin-action'
import { askProbeOfConsole, PROBE_ANSWERS } from '@/lib/isolation/probe-requests'

export const askForProbe = superAdminAction(z.strictObject({}), async ({ token }) => ({ message: PROBE_ANSWERS[await askProbeOfConsole(token)] }), { proof: false })
