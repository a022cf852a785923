// `qingshan file store`: where the documents of the house stand, and moving them. Keys of a server come from the environment
// (QINGSHAN_S3_KEY_ID, QINGSHAN_S3_SECRET) and are then kept beside the keys of the log.

import { ProblemError } from '../../kernel/index.ts'
import { moveDocuments, readSettings } from '../../server/index.ts'
import { dataFolder } from '../real-world.ts'
import { inHouse, type HouseOptions, type RecordEnv } from './desk.ts'
import { deskProblem } from './problems.ts'

export async function storeAt(
  place: string | undefined,
  o: HouseOptions & { readonly region: string },
  env: RecordEnv,
): Promise<void> {
  const folder = dataFolder(o.data)
  const settings = await readSettings(folder)
  const { documents: now } = settings
  if (place === undefined)
    return env.out(
      now ? `${now.endpoint}/${now.bucket}/${now.prefix ?? ''}（${now.region}）` : '数据文件夹 files/ / folder',
    )
  const to = place === 'folder' ? undefined : bucketAt(place, o.region)
  // The folder's lock is held meanwhile: nobody stores a document that would be left behind.
  const count = await inHouse(o, () => moveDocuments(folder, settings, to))
  env.out(
    o.json
      ? JSON.stringify({ documents: count })
      : `✓ ${count} 份附件已到位，原处的没有删除 / in their new place, the old one untouched`,
  )
}

/** `https://s3.example.gov.cn/bucket/prefix`. */
function bucketAt(address: string, region: string) {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const [bucket, ...prefix] = (url?.pathname ?? '').split('/').filter((part) => part !== '')
  if (!url || !/^https?:$/.test(url.protocol) || bucket === undefined)
    throw new ProblemError(deskProblem('desk.address', { url: address }))
  return {
    endpoint: url.origin,
    bucket,
    region,
    ...(prefix.length === 0 ? {} : { prefix: `${prefix.join('/')}/` }),
  }
}
