// What may import what, and what may not be written at all. Each message says what to do instead.

const raw = (name) => ({ selector: `MemberExpression[property.name="${name}"]`, message: `${name} puts text into SQL: use a tagged template, $queryRaw\`…\` or Prisma.sql\`…\`.` })
const text = (pattern, message) => [
  { selector: `Literal[value=/${pattern}/i]`, message },
  { selector: `TemplateElement[value.raw=/${pattern}/i]`, message },
]
const LISTS = '/^(findMany|findFirst|findFirstOrThrow|aggregate|groupBy)$/'

export const bans = [
  raw('$queryRawUnsafe'),
  raw('$executeRawUnsafe'),
  { selector: 'MemberExpression[object.name="Prisma"][property.name="raw"]', message: 'Prisma.raw puts text into SQL: use Prisma.sql`…` with parameters.' },
  ...text('set_config\\s*\\(', 'Settings are made by kernel.enter alone: open the scope with withTenant.'),
  ...text('SET\\s+(LOCAL\\s+|SESSION\\s+)?app\\.', 'Settings are made by kernel.enter alone: open the scope with withTenant.'),
  { selector: 'CallExpression[callee.property.name="$transaction"] > ArrayExpression', message: 'An array transaction runs in the context of whichever request came first: use withTenant and await each query.' },
  { selector: 'ExpressionStatement > Literal[value=/^use cache/]', message: 'A server cache does not know the tenant: read in the scope, or cache per request with React cache().' },
  { selector: 'Identifier[name="unstable_cache"]', message: 'A server cache does not know the tenant: read in the scope, or cache per request with React cache().' },
  { selector: `CallExpression[callee.property.name=${LISTS}] > ObjectExpression > Property[key.name="cursor"]`, message: 'With a composite key Prisma sends no LIMIT with a cursor: page by hand, where: { id: { gt: last } }.' },
  ...text('relationJoins', 'relationJoins drops the tenant condition from the joined side: leave the preview off.'),
]

const noDatabase = {
  group: ['pg', 'pg-pool', '@prisma/*', '@/lib/generated', '@/lib/generated/**', '**/lib/generated/**', '**/generated/prisma/**'],
  message: 'Only lib/tenancy and lib/platform reach the database: call a noun function in lib/ with a scope from withTenant.',
}
const noApp = { group: ['@/app', '@/app/**', '**/../app/**'], message: 'Imports go app → components → lib: move what is shared down into lib/ or components/.' }
const noComponents = { group: ['@/components', '@/components/**', '**/../components/**'], message: 'lib/ knows no screens: let the page pass what it reads to the component.' }
const noFramework = { group: ['next', 'next/**', 'react', 'react/**', 'react-dom', 'react-dom/**'], message: 'A noun works without a framework: leave this to app/, lib/actions or lib/auth and pass the value in.' }
const noKernel = { group: ['@/lib/tenancy', '@/lib/tenancy/**', '@/lib/platform', '@/lib/platform/**'], message: 'A component gets its data as properties: read it in the page, in a scope.' }

const rule = (patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] })
const KERNEL = 'lib/{tenancy,platform}/**'
const KERNEL_TESTS = 'lib/{isolation,tenancy,testing}/**/*.test.ts'

// A later entry replaces the earlier one for the files it names, so each says the whole of what is forbidden there.
export const importRules = [
  { files: ['app/**', 'middleware.ts', 'instrumentation.ts', 'e2e/**'], rules: rule([noDatabase]) },
  { files: ['components/**'], rules: rule([noDatabase, noApp, noKernel]) },
  { files: ['lib/**'], rules: rule([noDatabase, noApp, noComponents, noFramework]) },
  { files: ['lib/{auth,actions}/**'], rules: rule([noDatabase, noApp, noComponents]) },
  { files: [KERNEL, KERNEL_TESTS, 'lib/testing/**', 'lib/isolation/**', 'e2e/**'], rules: rule([noApp, noComponents, noFramework]) },
]
