'use server'

import { z } from 'zod'
import { memberAction } from '@/lib/actions/member-action'
import { askProbe, PROBE_ANSWERS } from '@/lib/isolation/probe-requests'

export const askForProbe = memberAction(z.strictObject({}), async (scope) => ({ message: PROBE_ANSWERS[await askProbe(scope)] }))
