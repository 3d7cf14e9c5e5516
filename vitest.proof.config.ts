import { defineConfig } from 'vitest/config'
import config from './vitest.config.ts'

// Minutes each, and alone: they measure, or keep every connection busy.
export default defineConfig({ ...config, test: { ...config.test, projects: undefined, include: ['**/*.proof.ts'], testTimeout: 1_200_000, hookTimeout: 120_000, fileParallelism: false } })
