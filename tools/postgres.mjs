// A PostgreSQL server of our own for tests and measurements: made in a temporary folder, reached through a socket in it, and
// gone when stopped. Needs PostgreSQL's programs on the machine (Debian: apt-get install postgresql); never as root, since
// PostgreSQL refuses that: then it runs as the user postgres, or nobody.

import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The folder of initdb and postgres, or undefined where PostgreSQL is not installed. */
export function postgresPrograms() {
  const has = (dir) => existsSync(join(dir, 'initdb')) && existsSync(join(dir, 'postgres'))
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const found = [
    ...versions.map((v) => join(debian, v, 'bin')),
    ...(process.env.PATH ?? '').split(':').filter((p) => p !== ''),
  ].find(has)
  return found
}

const id = (flag, user) => {
  const r = spawnSync('id', [flag, user], { encoding: 'utf8' })
  return r.status === 0 ? Number(r.stdout.trim()) : undefined
}

/** Who may run it: ourselves, or a user without rights when we are root. */
function runner() {
  if (process.getuid?.() !== 0) return {}
  const user = ['postgres', 'nobody'].find((u) => id('-u', u) !== undefined)
  if (user === undefined) throw new Error('root and no user postgres or nobody')
  return { uid: id('-u', user), gid: id('-g', user) }
}

/**
 * Starts a server. `durable: false` turns fsync off, for tests that do not pull plugs.
 * @returns {Promise<{ url: (database?: string) => string, dir: string, pid: number, kill: () => void, restart: () => Promise<void>, stop: () => Promise<void> }>}
 */
export async function startPostgres({ durable = false, settings = {} } = {}) {
  const bin = postgresPrograms()
  if (bin === undefined)
    throw new Error('PostgreSQL is not installed; on Debian or Ubuntu: sudo apt-get install postgresql')
  const as = runner()
  const dir = mkdtempSync(join(tmpdir(), 'qs-postgres-'))
  if (as.uid !== undefined) chownSync(dir, as.uid, as.gid)
  const data = join(dir, 'data')
  const options = { ...as, cwd: dir, stdio: 'ignore', env: { PATH: `${bin}:${process.env.PATH}`, LC_ALL: 'C.UTF-8' } }
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], options)
  const lines = {
    listen_addresses: `''`,
    unix_socket_directories: `'${dir}'`,
    max_connections: '200',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
    ...settings,
  }
  writeFileSync(
    join(data, 'postgresql.auto.conf'),
    Object.entries(lines)
      .map(([k, v]) => `${k} = ${v}\n`)
      .join(''),
  )
  let server
  const url = (database = 'postgres') => `postgres://postgres@/${database}?host=${encodeURIComponent(dir)}`
  const ready = () => spawnSync(join(bin, 'pg_isready'), ['-h', dir, '-U', 'postgres', '-q'], options).status === 0
  const up = async () => {
    server = spawn(join(bin, 'postgres'), ['-D', data], options)
    for (let tries = 0; tries < 600; tries++) {
      if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`)
      if (ready()) return
      await new Promise((r) => setTimeout(r, 50))
    }
    throw new Error('postgres did not get ready within 30 seconds')
  }
  const ended = () =>
    new Promise((r) => (server.exitCode !== null || server.signalCode !== null ? r() : server.once('exit', r)))
  const kill = () => server.kill('SIGQUIT')
  process.once('exit', () => server.kill('SIGQUIT'))
  await up()
  return {
    url,
    dir: dirname(data),
    get pid() {
      return server.pid
    },
    /** Ends it at once, without a checkpoint: as after a crash. */
    kill,
    restart: async () => {
      await ended()
      await up()
    },
    stop: async () => {
      server.kill('SIGINT')
      await ended()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
