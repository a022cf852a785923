// The ecosystem services an account may hold: the table of gep.md section 3 as data. Codes are this project's own
// (no official list was found); SEEA names follow the SEEA EA reference list, `~` marks an approximate match.

import { text, type Text } from '../../kernel/index.ts'

export type Group = 'M' | 'R' | 'C'
export type ServiceId =
  | 'M1'
  | 'M2'
  | 'M3'
  | 'M4'
  | 'M5'
  | 'M6'
  | 'M7'
  | 'R1'
  | 'R2'
  | 'R3'
  | 'R4'
  | 'R5'
  | 'R6'
  | 'R7'
  | 'R8'
  | 'R9'
  | 'R10'
  | 'R11'
  | 'R12'
  | 'R13'
  | 'C1'
  | 'C2'
  | 'C3'

export interface Service {
  readonly id: ServiceId
  readonly group: Group
  readonly title: Text
  readonly seea: Text
  /** What a reader sees in the physical account; `-` where there is no physical quantity. */
  readonly unit: string
  /** The value is already part of GDP (market output). */
  readonly inGdp: boolean
  /** Final: used by people. Intermediate: SEEA does not count it. Abiotic: a flow of the environment, not of an ecosystem. */
  readonly kind: 'final' | 'intermediate' | 'abiotic'
}

export const GROUPS: Readonly<Record<Group, Text>> = {
  M: text('物质供给', 'Provisioning'),
  R: text('调节服务', 'Regulating'),
  C: text('文化服务', 'Cultural'),
}

const s = (
  id: ServiceId,
  zh: string,
  en: string,
  seeaZh: string,
  seea: string,
  unit: string,
  more: Partial<Service> = {},
): Service => ({
  id,
  group: id[0] as Group,
  title: text(zh, en),
  seea: text(seeaZh, seea),
  unit,
  inGdp: id.startsWith('M') || id === 'C1',
  kind: 'final',
  ...more,
})

export const SERVICES: readonly Service[] = [
  s('M1', '农业产品', 'Crops', '作物供给', 'crop provisioning', 't'),
  s('M2', '林业产品', 'Forest products', '木材及其他生物质供给', 'wood provisioning; other biomass', 't'),
  s('M3', '畜牧业产品', 'Livestock', '放牧生物质与牲畜供给', 'grazed biomass / livestock provisioning', 't'),
  s('M4', '渔业产品', 'Fishery', '水产供给', 'aquaculture; wild fish and other aquatic biomass', 't'),
  s('M5', '生物质能', 'Biomass energy', '木材及其他生物质', 'wood / other biomass', 'tce'),
  s('M6', '水资源', 'Water supply', '水供给', 'water supply', 'm3'),
  s('M7', '水电等生态能源', 'Hydropower', '非生物流', '(abiotic flow)', 'kWh', { kind: 'abiotic' }),
  s(
    'R1',
    '水源涵养',
    'Water flow regulation',
    '水流调节—基流维持（近似）',
    'water flow regulation – baseline flow maintenance (~)',
    'm3',
  ),
  s(
    'R2',
    '土壤保持',
    'Soil retention',
    '土壤与泥沙保持—侵蚀控制',
    'soil and sediment retention – erosion control',
    't',
  ),
  s('R3', '防风固沙', 'Sand fixation', '土壤与泥沙保持—风蚀（近似）', 'soil and sediment retention – wind (~)', 't'),
  s('R4', '海岸带防护', 'Coastal protection', '海岸防护', 'coastal protection', 'km'),
  s('R5', '洪水调蓄', 'Flood mitigation', '河流洪水缓解', 'river flood mitigation; peak flow mitigation', 'm3'),
  s('R6', '空气净化', 'Air filtration', '空气过滤', 'air filtration', 't'),
  s('R7', '水质净化', 'Water purification', '水净化', 'water purification', 't'),
  s('R8', '固碳', 'Carbon sequestration', '全球气候调节', 'global climate regulation', 'tCO2'),
  s(
    'R9',
    '局部气候调节',
    'Local climate regulation',
    '局地气候调节',
    'local (micro and meso) climate regulation',
    'kWh',
  ),
  s('R10', '噪声消减', 'Noise attenuation', '噪声衰减', 'noise attenuation', 'dB·km'),
  s('R11', '释氧', 'Oxygen release', '无（SEEA 不计）', 'none (SEEA excludes)', 'tO2', { kind: 'intermediate' }),
  s('R12', '物种保育', 'Species conservation', '生境（中间服务）', 'habitat (intermediate)', 'hm2', {
    kind: 'intermediate',
  }),
  s('R13', '病虫害控制', 'Pest control', '生物防治（中间服务）', 'biological control (intermediate)', 'hm2', {
    kind: 'intermediate',
  }),
  s('C1', '旅游康养', 'Tourism and health', '游憩相关服务', 'recreation-related services', '人次'),
  s('C2', '休闲游憩', 'Local recreation', '游憩相关服务（本地）', 'recreation-related services (local)', '人·h'),
  s('C3', '景观增值', 'Landscape amenity', '视觉愉悦服务', 'visual amenity services', 'm2'),
]

const byId = new Map<string, Service>(SERVICES.map((x) => [x.id, x]))
export const findService = (id: string): Service | undefined => byId.get(id)
export const getService = (id: ServiceId): Service => byId.get(id)!

/** Pairs that count one thing twice (gep.md section 3). A set that holds a pair must state the ground for it. */
export const DOUBLE_COUNTING: readonly { readonly pair: readonly [ServiceId, ServiceId]; readonly why: Text }[] = [
  { pair: ['R1', 'M6'], why: text('同一份水既算涵养又算供水', 'the same water counted as retained and as supplied') },
  {
    pair: ['R8', 'R11'],
    why: text('固碳与释氧出自同一光合过程，且常不在同一基准', 'one photosynthesis counted twice, often on two bases'),
  },
  { pair: ['C3', 'R9'], why: text('房价溢价已包含降温', 'the housing premium already prices cooling') },
  { pair: ['C3', 'R10'], why: text('房价溢价已包含安静', 'the housing premium already prices quiet') },
]
