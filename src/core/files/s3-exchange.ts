// One request to an S3-compatible server, signed (AWS Signature Version 4), answered as a stream. Bodies go out from a file, so
// that no document stands in memory.
// Always holds: what the server or the line refuses is an S3Refusal with a reason, never a bug; nothing waits for ever.

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { request as plain, type IncomingMessage } from 'node:http'
import { request as secure } from 'node:https'
import { AwsV4Signer } from 'aws4fetch'

export interface S3Settings {
  /** `https://s3.example.gov.cn`; the bucket is the first part of the path (path style). */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  /** Put before every key, `qingshan/`. */
  readonly prefix?: string
}

/** Never among the settings: they stand beside the keys of the log. */
export interface S3Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  readonly key: string
  readonly query?: Readonly<Record<string, string>>
  readonly range?: { readonly from: number; readonly to: number }
  /** A file to send, whose SHA-256 and size are known. */
  readonly file?: { readonly path: string; readonly hash: string; readonly size: number }
}

export type S3Exchange = (of: S3Request) => Promise<IncomingMessage>

/** The server said no, or could not be reached. */
export class S3Refusal extends Error {
  readonly status: number | undefined
  constructor(reason: string, status?: number) {
    super(reason)
    this.status = status
  }
}

/** Silence on the line. A slow server still sends something now and then. */
const SILENCE_MS = 60_000
/** A line breaks off, a server restarts: once more, and once more. */
const TRIES = 3
const PAUSE_MS = 300
const NOTHING = createHash('sha256').digest('hex')

export function s3Exchange(settings: S3Settings, keys: S3Keys): S3Exchange {
  const { endpoint, bucket, region, prefix = '' } = settings
  const once = async (of: S3Request): Promise<IncomingMessage> => {
    const url = new URL(`${endpoint.replace(/\/+$/, '')}/${bucket}/${of.key === '' ? '' : `${prefix}${of.key}`}`)
    for (const [name, value] of Object.entries(of.query ?? {})) url.searchParams.set(name, value)
    const { headers } = await new AwsV4Signer({
      method: of.method,
      url: url.href,
      headers: { 'x-amz-content-sha256': of.file?.hash ?? NOTHING },
      ...keys,
      service: 's3',
      region,
    }).sign()
    const sent: Record<string, string> = Object.fromEntries(headers.entries())
    if (of.range) sent['range'] = `bytes=${of.range.from}-${of.range.to}`
    sent['content-length'] = String(of.file?.size ?? 0)
    return answerTo(url, of, sent)
  }
  return async (of) => {
    for (let tries = 1; ; tries++) {
      try {
        return await once(of)
      } catch (e) {
        if (!(e instanceof S3Refusal) || tries === TRIES || (e.status !== undefined && e.status < 500)) throw e
        await new Promise((go) => setTimeout(go, PAUSE_MS * tries))
      }
    }
  }
}

function answerTo(url: URL, of: S3Request, headers: Readonly<Record<string, string>>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const refused = (e: Error & { readonly code?: string }): void => reject(new S3Refusal(e.code ?? e.message))
    const call = (url.protocol === 'https:' ? secure : plain)(url, { method: of.method, headers }, (answer) => {
      const { statusCode = 0 } = answer
      if (statusCode >= 200 && statusCode < 300) return resolve(answer)
      answer.resume()
      reject(new S3Refusal(`HTTP ${statusCode}`, statusCode))
    })
    call.setTimeout(SILENCE_MS, () => call.destroy(new Error('ETIMEDOUT')))
    call.on('error', refused)
    if (!of.file) return call.end()
    const body = createReadStream(of.file.path)
    body.on('error', (e) => call.destroy(e))
    body.pipe(call)
  })
}
