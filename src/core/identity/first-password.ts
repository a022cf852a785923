// A password for one sign-in that a person can read to another over the telephone: `Kuvo-tame-rasi-47`. 44 bits, which is enough
// for a password that locks after some failures and must be changed at once.

import { passwordProblems } from './password-policy.ts'

const CONSONANTS = 'bdfghjkmnprstvwz'
const VOWELS = 'aeiou'

/** @param random bytes nobody foresees @param login the normalised login name, which the password must not hold */
export function firstPassword(random: (count: number) => Uint8Array, login: string): string {
  /** One of `n`, each as likely: bytes beyond the last whole multiple are drawn again. */
  const one = (n: number): number => {
    for (;;) {
      const [byte] = random(1)
      if (byte! < 256 - (256 % n)) return byte! % n
    }
  }
  const syllable = (): string => CONSONANTS[one(CONSONANTS.length)]! + VOWELS[one(VOWELS.length)]!
  for (;;) {
    const words = Array.from({ length: 3 }, () => syllable() + syllable())
    const [first, ...rest] = words
    const password = [first![0]!.toUpperCase() + first!.slice(1), ...rest, `${2 + one(8)}${2 + one(8)}`].join('-')
    if (passwordProblems(password, login).length === 0) return password
  }
}
