// How the house is: facts, what they mean, and the page to print.

export { lookAt, type Facts, type Looking } from './facts.ts'
export { judge, type Check, type Diagnosis, type Level } from './judge.ts'
export { doctorPage, LEVELS } from './doctor-page.ts'
