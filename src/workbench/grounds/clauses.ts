// The mechanisms the three policy texts ask for, by the ids that commands cite: H the Hunan decision of 2025, G the Guizhou
// plan of 2022, C the Hunan opinion of 2023. The same list as docs/clause-map.md, with what serves each on the
// command line and which rules; a test compares them.

import type { Text } from '../../kernel/index.ts'

export interface Clause extends Text {
  readonly id: string
  /** Where in the texts. */
  readonly cites: string
  /** What serves it on the command line, without `qingshan`. */
  readonly terminal?: readonly string[]
  /** Folders of rules it is computed by, under `rules/`. */
  readonly rules?: readonly string[]
}

export const CLAUSES: readonly Clause[] = [
  {
    id: 'R1',
    zh: '自然资源统一确权登记',
    en: 'unified registration of natural resources',
    cites: 'H四 G二(一) C五(一)',
  },
  { id: 'R2', zh: '使用权的类型与权能', en: 'use-right types and what each allows', cites: 'G二(一)' },
  {
    id: 'R3',
    zh: '普查、目录清单与网格监测',
    en: 'survey procedure, basic survey, product catalogue, grid monitoring',
    cites: 'H四 G二(二)1',
  },
  {
    id: 'R4',
    zh: '动态监测与数据共享',
    en: 'dynamic monitoring; sharing across departments by grant and read log; open data',
    cites: 'H四 G二(二)2 C六(二)',
  },
  {
    id: 'R5',
    zh: '断面、站点、样地监测网与评级',
    en: 'networks of sections, stations and plots; quality ratings',
    cites: 'C六(二) C-14 C-16',
  },
  {
    id: 'R6',
    zh: '自然资源资产有偿使用',
    en: 'paid use of natural-resource assets: contracts, price tables, arrears',
    cites: 'C五(一) C五(六) C六(三) C-11',
  },
  {
    id: 'R7',
    zh: '国有自然资源资产清查与分等',
    en: 'inventory and grading of state-owned natural-resource assets',
    cites: 'C六(二) H十一',
  },
  {
    id: 'R8',
    zh: '变化发现、核查与销号',
    en: 'finding change: alert, field check, closed',
    cites: 'C六(二) C-13 C-14',
  },
  {
    id: 'R9',
    zh: '碳汇监测与修复成效对照',
    en: 'carbon-sink monitoring; effect of restoration against a control',
    cites: 'C六(二) C-13',
  },
  {
    id: 'A1',
    zh: '各级行政区生态产品总值（GEP）',
    en: 'GEP of every administrative level, and the statistics behind it',
    cites: 'H四 G三(一)1 G三(二)',
    terminal: ['account init', 'account run', 'raster zonal'],
    rules: ['national/gep'],
  },
  {
    id: 'A2',
    zh: '特定单元生态产品价值（VEP）',
    en: 'VEP of a unit: boundary, right, term, school, method, use, validity',
    cites: 'H四 G三(一)1',
    terminal: ['vep run', 'vep place', 'vep why'],
    rules: ['national/vep'],
  },
  {
    id: 'A3',
    zh: '先实物后价值，价格与本地参数',
    en: 'physical account first, value second; prices with basis; local parameters',
    cites: 'G三(二)',
    terminal: ['account run', 'rules show', 'overrides export'],
    rules: ['national/prices', 'hunan', 'guizhou'],
  },
  {
    id: 'A4',
    zh: '与国民经济核算衔接',
    en: 'link to national accounts (SEEA EA tables)',
    cites: 'G三(一)2',
    terminal: ['account run'],
    rules: ['national/seea'],
  },
  { id: 'A5', zh: '经营性产品的价格形成', en: 'price formation for operating products', cites: 'G三(一)3' },
  {
    id: 'A6',
    zh: '结果发布与历年比较',
    en: 'publication of results, comparison over time',
    cites: 'G三(三)1',
    terminal: ['account diff', 'account verify'],
  },
  {
    id: 'A7',
    zh: '数值适用范围，不适用的不能引用',
    en: 'each figure states what it is fit for and why not; an act that cites an unfit figure is refused',
    cites: 'H七 G三(三)2–3 G五(二)1 C四(二)',
    terminal: ['account run'],
  },
  {
    id: 'A8',
    zh: '价值实现账户：实际收到的钱',
    en: 'realisation account: money received beside the value of services',
    cites: 'H二 H九',
  },
  {
    id: 'D1',
    zh: '试点、示范基地与改革评估',
    en: 'pilots, demonstration bases, reform evaluation',
    cites: 'H五 G七(二)',
  },
  {
    id: 'D2',
    zh: '项目：修复与经营权、农民股份、EOD',
    en: 'projects: restoration tied to operating rights, shares of farmers, EOD store',
    cites: 'G四(三)3 C五(六) C六(四) C-10',
  },
  {
    id: 'D3',
    zh: '经营开发：清单、收储、打包、推介',
    en: 'operating development: resources listed, stored, packaged, offered',
    cites: 'H五 G四(二)',
  },
  { id: 'M1', zh: '交易：公共资源交易各阶段', en: 'exchange: stages of a public-resource trade', cites: 'H六 G四(一)' },
  {
    id: 'M2',
    zh: '与农村产权交易及跨区域衔接',
    en: 'link with the rural property-rights exchange; cross-region trade',
    cites: 'H六',
  },
  {
    id: 'M3',
    zh: '碳：林业碳汇、碳票、CCER、履约',
    en: 'carbon: forest projects, vouchers, CCER, national market duties',
    cites: 'H六 G四(四)2 C五(三) C-6',
  },
  { id: 'M4', zh: '排污权', en: 'emission permits', cites: 'C五(二) G四(四)3 C-5' },
  { id: 'M5', zh: '水权', en: 'water rights under caps, with metering', cites: 'C五(四) G四(四)3 C-9' },
  { id: 'M6', zh: '用能权', en: 'energy-use rights', cites: 'C五(四) G四(四)3' },
  { id: 'M7', zh: '责任指标交易', en: 'responsibility-index trade', cites: 'G四(四)1' },
  { id: 'M8', zh: '绿电交易与绿证', en: 'green power trades and certificates', cites: 'C六(四) C-17' },
  { id: 'M9', zh: '占补平衡指标', en: 'occupation-balance indices', cites: 'C六(四)' },
  { id: 'M10', zh: '供需对接与推介', en: 'supply and demand matching, promotion', cites: 'G四(一)2–3' },
  {
    id: 'V1',
    zh: '重点生态功能区纵向转移支付',
    en: 'vertical transfers to key ecological function areas',
    cites: 'H七 H九 G五(一)1 C三 C-4',
  },
  {
    id: 'V2',
    zh: '与质量变化挂钩的奖惩',
    en: 'reward and penalty tied to change of quality',
    cites: 'C三(三) C七(二) C-4',
  },
  {
    id: 'V3',
    zh: '资金渠道：基金、债券、捐赠',
    en: 'windows of money: funds, bonds, donations',
    cites: 'H七 G五(一)2–3 C-8',
  },
  { id: 'V4', zh: '生态公益岗位', en: 'ecological public-welfare posts', cites: 'G五(一)4' },
  {
    id: 'V5',
    zh: '综合补偿，每一元有来源',
    en: 'integrated compensation with the source of each yuan kept',
    cites: 'H七 C一(二) C三(二) C七(一) G五(一)2',
  },
  {
    id: 'Z1',
    zh: '按水质水量的横向补偿',
    en: 'horizontal compensation by water quality and quantity',
    cites: 'H七 G五(二) C四 C-2 C-3',
  },
  {
    id: 'Z2',
    zh: '合作、共建园区、购买产品',
    en: 'other forms: cooperation, joint parks, purchase of products',
    cites: 'G五(二)3 C四(二)',
  },
  {
    id: 'Z3',
    zh: '以核算结果为参考的横向协议',
    en: 'horizontal agreements that take account results as reference',
    cites: 'G五(二)1 C四(二)',
  },
  {
    id: 'K1',
    zh: '按保护成本的分类补偿',
    en: 'category compensation with a standard derived from protection cost',
    cites: 'C一(二) C二 C五(一) C-1',
  },
  {
    id: 'K2',
    zh: '野生动物损害补偿',
    en: 'damage by wild animals; losses from protected birds',
    cites: 'C六(四) C-1 C-20',
  },
  { id: 'K3', zh: '占用补偿', en: 'occupation compensation', cites: 'C六(四)' },
  {
    id: 'K4',
    zh: '不重复补偿、资金使用与绩效',
    en: 'no double payment; use of funds; performance; publication',
    cites: 'C六(二) C六(四) C七',
  },
  { id: 'K5', zh: '补偿成效评估', en: 'evaluation of the effect of compensation', cites: 'C七(二) C七(三)' },
  {
    id: 'E1',
    zh: '生态环境损害赔偿',
    en: 'environmental damage compensation, from lead to restoration',
    cites: 'H七 G五(三) C-18',
  },
  { id: 'E2', zh: '污水垃圾处理收费', en: 'sewage and waste fees', cites: 'G五(三)3' },
  { id: 'P1', zh: '生态账户与积分', en: 'ecological accounts and points', cites: 'H七 G六(二)' },
  {
    id: 'F1',
    zh: '生态权益质押贷款',
    en: 'pledges on ecological rights and the loans on them',
    cites: 'H八 G六(三) C五(五) C-7',
  },
  {
    id: 'F2',
    zh: '担保、保险、债券、基金',
    en: 'guarantee, insurance, bonds, funds, securitisation',
    cites: 'H八 G六(三) C五(五) C-8 C-12',
  },
  {
    id: 'F3',
    zh: '财税与绿色采购',
    en: 'fiscal levers: tax, subsidies, discounts, procurement',
    cites: 'H八 C六(三) C-15',
  },
  {
    id: 'B1',
    zh: '产品全程可查询、可追溯',
    en: 'traceability of products, step by step',
    cites: 'G四(三)1 H八',
    terminal: ['why posting', 'log proof', 'audit copy'],
  },
  {
    id: 'B2',
    zh: '公用品牌、认证与地理标志',
    en: 'regional public brands, certification, geographical indications',
    cites: 'G四(三)2 H八 C六(四)',
  },
  {
    id: 'S1',
    zh: '考核：GEP 与价值实现指标',
    en: 'assessment with GEP and realisation indicators',
    cites: 'H九 G六(一)1 C七(二)',
  },
  {
    id: 'S2',
    zh: '领导干部自然资源资产离任审计',
    en: 'natural-resource audit of officials leaving office',
    cites: 'G六(一)2 C七(三)',
    terminal: ['audit copy'],
  },
  {
    id: 'S3',
    zh: '联席会议、目标与任务清单',
    en: 'joint conference, targets, task list, progress',
    cites: 'H二 H三 G七 C附件',
  },
  {
    id: 'S4',
    zh: '人大、监察、审计、司法监督',
    en: 'supervision by people’s congress, inspection, audit, courts',
    cites: 'H十一 C七(三)',
    terminal: ['audit copy', 'log verify', 'db check'],
  },
  { id: 'S5', zh: '公开、案例、开放数据', en: 'publication, cases, open data, release days', cites: 'H十' },
  { id: 'S6', zh: '生物多样性名录', en: 'biodiversity lists', cites: 'C六(四) C-19' },
]
