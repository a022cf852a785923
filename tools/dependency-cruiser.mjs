// The boundaries of the house, made from tools/rooms.mjs: a room imports only rooms to its left and only through their
// index.ts; inside `domains` every folder is a room that knows none of its neighbours; the kernel needs no Node; no cycles.
// Run with `depcruise --config tools/dependency-cruiser.mjs src`.

import { rooms } from './rooms.mjs'

const inside = (room) => `^src/${room}/`
const TEST = '\\.(test|fixture)\\.ts$|-fixture\\.ts$'

const order = rooms.flatMap((room, i) => {
  const right = rooms.slice(i + 1)
  if (right.length === 0) return []
  return [
    {
      name: `${room} imports nothing to its right`,
      severity: 'error',
      from: { path: inside(room) },
      to: { path: `^src/(${right.join('|')})/` },
    },
  ]
})

const doors = rooms
  .filter((room) => room !== 'domains')
  .map((room) => ({
    name: `${room} is entered through its index.ts`,
    severity: 'error',
    from: { path: '^(src|test|bench|tools)/', pathNot: inside(room) },
    // A test may take a room's own fixtures. What browsers may have of the evidence, the shapes they read by, and the page of a run
    // have doors of their own.
    to: {
      path: inside(room),
      pathNot: `^src/${room}/index\\.ts$|^src/core/evidence/verify/index\\.ts$|^src/server/told/index\\.ts$|^src/cli/watch/index\\.ts$|${TEST}`,
    },
  }))

const domains = [
  {
    name: 'domains do not import one another',
    severity: 'error',
    from: { path: '^src/domains/([^/]+)/' },
    to: { path: '^src/domains/', pathNot: '^src/domains/$1/' },
  },
  {
    name: 'a domain is entered through its index.ts, or the index.ts of a part of it',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/domains/' },
    to: { path: '^src/domains/[^/]+/', pathNot: '/index\\.ts$' },
  },
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...order,
    ...doors,
    ...domains,
    {
      name: 'every file of src belongs to a room',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: `^src/(${rooms.join('|')})/` },
    },
    {
      name: 'the kernel is safe for browsers',
      severity: 'error',
      from: { path: inside('kernel'), pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the workbench runs in a browser and asks the server: it takes the kernel, the verifier of proofs and shapes of answers',
      severity: 'error',
      from: { path: inside('workbench'), pathNot: TEST },
      to: {
        path: '^src/',
        pathNot: '^src/(workbench|kernel)/|^src/core/evidence/verify/index\\.ts$|^src/server/told/index\\.ts$',
      },
    },
    {
      name: 'shapes of answers are types over the kernel and nothing else',
      severity: 'error',
      from: { path: '^src/server/told/' },
      to: { path: '^src/', pathNot: '^src/(kernel/index\\.ts$|server/told/)' },
    },
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'imports resolve', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'src runs without development packages',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'code does not lean on tests',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { path: `(${TEST})|^test/` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
