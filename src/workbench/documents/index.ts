// Documents of a thing, for the pages that show one.

export { Documents, type DocumentsProps } from './documents.tsx'
