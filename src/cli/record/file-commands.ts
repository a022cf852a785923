// `qingshan file put|get`: documents into the store of the house and out of it again, by their hash.

import type { Command } from 'commander'
import { withHouse, withPerson, type DeskOptions, type HouseOptions, type RecordEnv } from './desk.ts'

export function addFileCommands(program: Command, env: RecordEnv): void {
  const file = program.command('file').description('附件的内容 / the content of documents')
  withPerson(file.command('put <path>'))
    .description('上传一个文件，得到它的校验值；登记时填写 / store a file; prints the hash to attach it by')
    .action(async (path: string, o: DeskOptions) => (await import('./file-transfer.ts')).putFile(path, o, env))
  withPerson(file.command('get <hash> [out]'))
    .description('取出一份文件；不写 out 则送到标准输出 / take a file out; without a name to standard output')
    .action(async (hash: string, out: string | undefined, o: DeskOptions) =>
      (await import('./file-transfer.ts')).getFile(hash, out, o, env),
    )
  withHouse(file.command('store [place]'))
    .description(
      '附件存在哪里；folder 为数据文件夹，网址为 S3 兼容服务（网址/桶/前缀） / where documents stand, or move them',
    )
    .option('--region <region>', 'S3 区域 / region of the server', 'us-east-1')
    .action(async (place: string | undefined, o: HouseOptions & { readonly region: string }) =>
      (await import('./file-store-command.ts')).storeAt(place, o, env),
    )
}
