import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { bans, importRules } from './scripts/lint/rules.mjs'

export default defineConfig([
  globalIgnores(['.next/', '.data/', 'lib/generated/', 'next-env.d.ts', 'test-results/', 'playwright-report/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs}'],
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-restricted-syntax': ['error', ...bans],
    },
  },
  { files: ['{app,components}/**/*.{ts,tsx}'], ...reactHooks.configs.flat.recommended },
  ...importRules,
  // It names what it bans.
  { files: ['scripts/lint/rules.mjs'], rules: { 'no-restricted-syntax': 'off' } },
])
