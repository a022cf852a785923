// The house rules a machine can check (STYLE.md says why). Types are consulted only where a mistake is silent:
// a promise nobody awaits, an `any` that spreads. Formatting is prettier's business, imports between rooms are
// tools/dependency-cruiser.mjs's.

import tseslint from 'typescript-eslint'

const TEST_FILES = ['**/*.test.ts', '**/*fixture*.ts', 'test/**/*.ts']
const ACCOUNTED = ['src/raster/**/*.ts', 'src/kernel/**/*.ts', 'src/core/**/*.ts', 'src/domains/**/*.ts']
/** Drawings: the aspect of a map (a cosine of its latitude) is no accounted value and no digit of the package. */
const DRAWINGS = ['src/domains/accounting/report/map-frame.ts', 'src/domains/accounting/vep/boundary-map.ts']

/** @type {(selector: string, message: string) => { selector: string, message: string }} */
const never = (selector, message) => ({ selector, message })

const everywhere = [
  never('ExportDefaultDeclaration', 'Export by name: one noun, one word, everywhere.'),
  never(
    'MemberExpression[object.name="z"][property.name=/^(object|coerce|bigint)$/]',
    'z.object drops unknown keys, z.coerce turns true into 1, z.bigint has no JSON Schema: use z.strictObject and text.',
  ),
  never(
    'CallExpression[callee.object.name=/^(test|it|describe)$/][callee.property.name=/^(only|skip|todo)$/]',
    'A test runs or is removed; where a program is missing use skipIf with the reason in the name.',
  ),
  never(
    'ImportDeclaration[source.value="node:crypto"] ImportSpecifier[imported.name=/^(sign|createSign)$/]',
    'node:crypto signs SM2 wrongly; signatures go through core/evidence.',
  ),
]

/** What differs between two machines, two engines or two days must not reach an accounted value. */
const deterministic = [
  never(
    'MemberExpression[object.name="Math"][property.name=/^(pow|exp|expm1|log|log2|log10|log1p|random|a?sinh?|a?cosh?|a?tanh?|atan2|cbrt|hypot)$/]',
    'Differs between engines or runs: use kernel decimals.',
  ),
  never(
    'BinaryExpression[operator="**"]:not([left.bigint]):not([right.callee.name="BigInt"]):not([left.value=2][right.type="Literal"])',
    'Powers of doubles differ between engines; of bigints and of 2 they are exact.',
  ),
  never('AssignmentExpression[operator="**="]', 'Powers of doubles differ between engines.'),
  never('MemberExpression[object.name="Date"][property.name="now"]', 'The clock enters as an argument.'),
  never('NewExpression[callee.name="Date"][arguments.length=0]', 'The clock enters as an argument.'),
  never('CallExpression[callee.name="Date"]', 'The clock enters as an argument.'),
  never('MemberExpression[property.name=/^toLocale/]', 'Depends on the locale of the machine.'),
  never('MemberExpression[property.name="localeCompare"]', 'Order by code units with < and >.'),
  never(
    'ImportDeclaration[source.value="node:crypto"] ImportSpecifier[imported.name=/^(random|generate)/]',
    'Randomness enters as an argument.',
  ),
]

/** Every file of the house opens with lines that say what it is and what always holds. */
const opening = {
  meta: { type: 'suggestion', schema: [], messages: { missing: 'Open the file with lines that say what it is.' } },
  create: (context) => ({
    Program(node) {
      const first = context.sourceCode.getAllComments()[0]
      const start = context.sourceCode.getFirstToken(node)?.range[0] ?? 0
      if (!first || first.range[0] > start) context.report({ loc: { line: 1, column: 0 }, messageId: 'missing' })
    },
  }),
}

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'coverage/', 'examples/', 'node_modules/'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.config.ts'] }, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { house: { rules: { opening } } },
    rules: {
      eqeqeq: 'error',
      'no-fallthrough': 'error',
      'no-empty': 'error',
      'no-empty-character-class': 'error',
      'no-irregular-whitespace': ['error', { skipStrings: true, skipRegExps: true, skipTemplates: true }],
      'no-loss-of-precision': 'error',
      'no-misleading-character-class': 'error',
      'no-useless-catch': 'error',
      'no-useless-escape': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'object-shorthand': 'error',
      'no-restricted-syntax': ['error', ...everywhere],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
    },
  },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: TEST_FILES,
    rules: { 'no-template-curly-in-string': 'off', '@typescript-eslint/require-array-sort-compare': 'off' },
  },
  { files: ['src/**/*.ts', 'src/**/*.tsx'], ignores: TEST_FILES, rules: { 'house/opening': 'error' } },
  { files: ['src/**/*.ts', 'src/**/*.tsx'], ignores: ['src/cli/**'], rules: { 'no-console': 'error' } },
  {
    files: ACCOUNTED,
    ignores: [...TEST_FILES, ...DRAWINGS],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...deterministic] },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'fetch',
          'Buffer',
          'performance',
          'AbortController',
          'structuredClone',
          'TextEncoder',
          'TextDecoder',
          'WebAssembly',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: {
      'no-undef': 'error',
      'no-unused-vars': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      'no-var': 'error',
    },
  },
)
