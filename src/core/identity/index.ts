// People, organisations, regions and what they may do: the pure rules and the records they stand on.

export { countedOn, levelOfCode, LEVELS, parentByCode, type RegionLevel, type RegionRow } from './regions/region-row.ts'
export { readRegions, REGIONS_LIMIT_BYTES, type RegionsHeading, type RegionsReading } from './regions/read-regions.ts'
export { coversOf, regionClosure, type ClosurePair, type Covers } from './regions/closure.ts'
export { ROLE_GRADES, roleBook, type Role, type RoleBook, type RoleGrade, type RoleScope } from './roles/role.ts'
export { loadRoles, parseRoles, type RoleFile, type RolesReading } from './roles/read-roles.ts'
export {
  effectiveGrants,
  grantProblems,
  mayRun,
  queryScope,
  roleMay,
  type Asked,
  type Grant,
  type Permission,
  type Request,
  type Scope,
  type World,
} from './permission.ts'
export { LOGIN_NAME_LEAST, LOGIN_NAME_MOST, loginNameProblem, normaliseLoginName } from './login-name.ts'
export {
  normalisePassword,
  PASSWORD_AGE_DAYS,
  PASSWORD_LEAST,
  PASSWORD_MOST,
  passwordAge,
  passwordProblems,
  PASSWORDS_REMEMBERED,
  type PasswordAge,
} from './password-policy.ts'
export {
  decoyHash,
  hashPassword,
  PASSWORD_COST,
  SALT_BYTES,
  verifyPassword,
  wantsRehash,
  type HashOptions,
  type PasswordCost,
} from './password-hash.ts'
export { afterFailure, FAILURES_TO_LOCK, isLocked, lockMs, UNLOCKED, type LockState } from './lock-out.ts'
export {
  newToken,
  SESSION_RULES,
  sessionsToEnd,
  sessionState,
  tokenHash,
  type NewToken,
  type SessionRules,
  type SessionState,
  type SessionTimes,
} from './session-rules.ts'
export { codeKeyUri, newCodeKey, takeCode, type CodeGiven } from './one-time-code.ts'
export {
  beginOidc,
  connectOidc,
  finishOidc,
  OIDC_PENDING_MS,
  subjectHash,
  type OidcConnection,
  type OidcPending,
  type OidcSettings,
  type OidcSubject,
} from './oidc.ts'
export {
  countsOf,
  editionOf,
  loadRegionsInput,
  missingRegions,
  stagedCounts,
  stageRegions,
  type RegionCounts,
} from './regions/stage-regions.ts'
export * from './schema.ts'
export { identityDomain } from './domain.ts'
export { directory } from './directory.ts'
export { keepingPermit, permitOf, rolesOf, scopesOf, SYSTEM_PERSON, type HeldRole } from './permit.ts'
export { firstPassword } from './first-password.ts'
export { newPassword, type NewPassword, type PasswordWorld } from './new-password.ts'
export { signIn, signInLinked, type SignedIn, type SignInGiven, type SignInWorld } from './sign-in.ts'
export {
  findSession,
  forgetOldSessions,
  listSessions,
  openSession,
  revokeSessions,
  type Caller,
  type FoundSession,
  type ListedSession,
  type OpenedSession,
  type Revocation,
  type SessionWorld,
  type SignInMethod,
} from './sessions.ts'
