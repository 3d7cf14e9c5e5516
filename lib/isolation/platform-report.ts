import 'server-only'
import { askCatalog } from '@/lib/platform/ask'
import { isolationReport, type IsolationReport } from './report'

/** The live report for who runs the installation: read from the catalog by the role of the console. */
export const readPlatformIsolationReport = (): Promise<IsolationReport> => isolationReport(askCatalog)
