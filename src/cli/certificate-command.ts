// `qingshan certificate …`: the paper of a certificate, and the address that its QR code leads to.

import type { Command } from 'commander'
import { withHouse, withPerson, type DeskOptions, type HouseOptions, type RecordEnv } from './record/desk.ts'

export function addCertificateCommand(program: Command, env: RecordEnv): void {
  const certificate = program
    .command('certificate')
    .description('证书：发证、换证、撤销用 qingshan do / certificates; they are issued with qingshan do')
  withPerson(certificate.command('pdf <number> <out>'))
    .description('打印一份证书（PDF） / write the paper of a certificate as PDF')
    .action(async (number: string, out: string, o: DeskOptions) =>
      (await import('./certificate-work.ts')).writeCertificate(number, out, o, env),
    )
  withHouse(certificate.command('address [url]'))
    .description('查验页的公开网址，印在证书上；不写网址则显示现在的 / public address printed on certificates')
    .action(async (url: string | undefined, o: HouseOptions) =>
      (await import('./certificate-work.ts')).setAddress(url, o, env),
    )
}
