// `qingshan db init|backup|restore|check`: founding a house, its backup, its check.

import type { Command } from 'commander'
import { withHouse, type HouseOptions, type RecordEnv } from './desk.ts'

export interface InitOptions extends HouseOptions {
  readonly origin?: string
  readonly zone: string
  readonly place: string
  readonly sample?: true
  readonly regions?: string
}
export interface BackupOptions extends HouseOptions {
  readonly withKeys?: true
}
export interface CheckOptions extends HouseOptions {
  readonly backup?: string
}

export function addDatabaseCommands(program: Command, env: RecordEnv): void {
  const db = program
    .command('db')
    .description('数据库：建立、备份、恢复、核对 / the database: found, back up, restore, check')

  withHouse(db.command('init <folder>'))
    .description('建立数据文件夹和最初的两个账号 / make a data folder and its first two people')
    .option(
      '--origin <name>',
      '公开日志的名称，以后不能改，如 log.example.gov.cn/record / name of the public log, for good',
    )
    .option('--zone <zone>', '时区 / zone', '+08:00')
    .option('--place <code>', '所在行政区代码 / region of its people', '430000')
    .option('--sample', '加入示范人员和单位（示范数据） / with sample people and firms')
    .option('--regions <file>', '区划文件；不写则用随附的湖南、贵州 / file of regions; Hunan and Guizhou come along')
    .action(async (folder: string, o: InitOptions) => (await import('./db-init.ts')).init(folder, o, env))

  withHouse(db.command('backup <file>'))
    .description('备份为一个文件：数据库和文件，不含密钥 / back up into one file: database and documents, without keys')
    .option('--with-keys', '另存日志签名密钥和设置为 FILE.keys / also write the log’s key to FILE.keys')
    .action(async (file: string, o: BackupOptions) => (await import('./db-backup.ts')).backup(file, o, env))

  withHouse(db.command('restore <file> <folder>'))
    .description('把备份恢复到新文件夹或空的 PostgreSQL / restore into a new folder or an empty PostgreSQL database')
    .action(async (file: string, folder: string, o: HouseOptions) =>
      (await import('./db-restore.ts')).restore(file, folder, o, env),
    )

  withHouse(db.command('check'))
    .description('核对数据库与全部行为是否一致 / check that the database says what its acts say')
    .option('--backup <file>', '核对一个备份文件 / check a backup instead')
    .action(async (o: CheckOptions) => (await import('./db-check.ts')).check(o, env))
}
