// README.txt of a copy: how to read and check it with nothing but a browser and sha256sum.

import type { AuditAsk } from './model.ts'

export const readmeText = (
  ask: AuditAsk,
  region: string,
  size: number,
): string => `审计副本 · ${region} · ${ask.from} 至 ${ask.to}

一、先看 index.html（浏览器打开即可，不需要网络）。
二、核对文件没有缺改：在本文件夹运行  sha256sum -c MANIFEST.sha256
    再把 MANIFEST.sha256 本身的 SHA-256 与出具单位来函所载对照。
三、核对一件行为：打开 verify.html，拖入 proofs 文件夹中的凭证文件（可整个文件夹一次拖入）。
    页面所列公开密钥和 log/checkpoint 应与公布的一致。日志共 ${size} 条。
四、核对样本：种子为
    ${ask.seed}
    对 acts.xlsx 的每个行为编号运行  printf '%s\\n%s' 种子 编号 | sha256sum
    取值最小的若干件即为样本，与 index.html 所列应当一致。
五、＊＊＊ 表示超出本副本等级（${ask.grade}）的内容。个人信息在原文中只有加盐的摘要（~ 开头）${ask.grade === 'personal' ? '；本副本依等级附有原值和盐，请依法保管' : '，本副本不含其原值'}。
六、分录表中“借方”付出、“贷方”收入；余额是该笔之后账户持有的数量。
七、日志证明先后次序和没有被悄悄改写，不证明最初填报的内容属实。

Audit copy · ${region} · ${ask.from} to ${ask.to}

1. Begin with index.html (any browser, no network).
2. Nothing missing, nothing changed: run  sha256sum -c MANIFEST.sha256  in this folder, and compare the SHA-256 of
   MANIFEST.sha256 itself with the one in the office's letter.
3. One act: open verify.html and drop a file of the folder proofs into it (or the whole folder). The public keys shown and
   log/checkpoint must be those that were published. The log has ${size} entries.
4. The sample: the seed is given above. For each act id of acts.xlsx run  printf '%s\\n%s' SEED ID | sha256sum ; the smallest
   values are the sample, as listed in index.html.
5. ＊＊＊ stands for what is above the grade of this copy (${ask.grade}). Personal values stand in the acts as salted digests
   that begin with ~${ask.grade === 'personal' ? '; this copy holds values and salts as its grade allows: keep it as the law asks' : '; their values are not in this copy'}.
6. In the postings the debit account gives, the credit account receives; a balance is what the account holds after it.
7. A log proves order and that nothing was silently rewritten, not that the first entry was true.
`
