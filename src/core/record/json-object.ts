// A JSON object: what forms check and store.

import type { Json } from '../../kernel/index.ts'

export type JsonObject = { readonly [key: string]: Json | undefined }
