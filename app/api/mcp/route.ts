import { mcpRoute } from '@/lib/mcp/mcp'

export { mcpRoute as GET, mcpRoute as POST, mcpRoute as DELETE }
