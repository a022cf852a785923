import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'],
    globalSetup: 'tools/test-databases.mjs',
    maxWorkers: 2,
    // Reports, browsers and office programs take their time on a busy machine; no test measures time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
