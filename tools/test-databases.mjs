// Before the tests: a PostgreSQL server where the machine has one, so that every database test runs on both engines.
// Where it has none, that is said loudly, with the command that installs it; the tests then run on the embedded database alone.

import { postgresPrograms, startPostgres } from './postgres.mjs'

export async function setup() {
  if (process.env.QINGSHAN_TEST_DATABASE_URL) return undefined
  if (postgresPrograms() === undefined) {
    console.warn(
      [
        '',
        '⚠ 未找到 PostgreSQL：数据库测试只在内嵌数据库上运行。安装：sudo apt-get install postgresql',
        '⚠ No PostgreSQL found: database tests run on the embedded database only. Install: sudo apt-get install postgresql',
        '',
      ].join('\n'),
    )
    return undefined
  }
  const server = await startPostgres()
  process.env.QINGSHAN_TEST_DATABASE_URL = server.url()
  return () => server.stop()
}
