// Every number an account may ask for, declared once: id, unit, dimensions, plausible range, headings it is met under,
// who usually holds it. Input lists, guesses, forms, docs and passports all derive from this catalogue.
// `extensive` amounts add up over places; an intensive factor of a region holds for the places inside it.

import { text, type Text } from '../../kernel/index.ts'
import type { Dim } from './model.ts'

export type Custodian =
  | 'land'
  | 'water'
  | 'forestry'
  | 'agriculture'
  | 'environment'
  | 'weather'
  | 'tourism'
  | 'statistics'
  | 'energy'
  | 'institute'
  | 'housing'

export const CUSTODIANS: Readonly<Record<Custodian, Text>> = {
  land: text('自然资源', 'Natural resources'),
  water: text('水利', 'Water resources'),
  forestry: text('林业', 'Forestry'),
  agriculture: text('农业农村', 'Agriculture'),
  environment: text('生态环境', 'Environment'),
  weather: text('气象', 'Meteorology'),
  tourism: text('文化旅游', 'Culture and tourism'),
  statistics: text('统计', 'Statistics'),
  energy: text('发改（能源、价格）', 'Development and reform (energy, prices)'),
  institute: text('核算技术单位', 'Accounting institute'),
  housing: text('住房城乡建设', 'Housing'),
}

export interface Argument {
  readonly id: string
  readonly title: Text
  /** Facts are stored as typed and converted into this unit. */
  readonly unit: string
  readonly by: readonly Dim[]
  /** Closed list of items; left out where items are names (a lake, a product, a site). */
  readonly items?: Readonly<Record<string, Text>>
  /** The items are ecosystem classes too: what a piece of land was before. */
  readonly itemsAreClasses?: true
  readonly extensive: boolean
  /** Outside it a value is questioned; in `unit`. */
  readonly range: readonly [string, string]
  /** Headings and row labels under which it is met, Chinese and English, without units. */
  readonly headings: readonly string[]
  readonly custodian: Custodian
  /** A price: carries a year of its own. */
  readonly price?: true
  /** Can also come from a band of a map (read by the raster engine). */
  readonly raster?: true
}

type Row = readonly [
  id: string,
  zh: string,
  en: string,
  unit: string,
  shape: string,
  range: readonly [string, string],
  custodian: Custodian,
  headings: string,
]

/** Shape letters: c by class, i by item, k by item that is a class, x extensive, p price, r raster. */
// prettier-ignore
const rows: readonly Row[] = [
  // land and people
  ['area', '生态系统面积', 'ecosystem area', 'km2', 'cxr', ['0', '2000000'], 'land', '面积 土地面积 生态系统面积 地类面积 area'],
  ['area.opening', '期初面积', 'opening extent', 'km2', 'cx', ['0', '2000000'], 'land', '期初面积 上年面积 年初面积 上年末面积 opening_area opening'],
  ['area.transition', '地类转移面积', 'land-cover change', 'km2', 'ckx', ['0', '2000000'], 'land', '转移面积 变化面积 转换面积 transition_area'],
  ['population', '常住人口', 'resident population', '人', 'x', ['1', '2000000000'], 'statistics', '常住人口 人口 年末常住人口 总人口 population'],
  ['gdp', '地区生产总值', 'gross domestic product', '元', 'x', ['1', '1e15'], 'statistics', '地区生产总值 生产总值 GDP'],
  ['cpi', '居民消费价格指数（上年=100）', 'CPI (previous year = 100)', '1', 'p', ['80', '150'], 'statistics', '居民消费价格指数 CPI'],
  // what the pixels of a map are, and what terrain says of them
  ['land-cover', '生态系统类型图（类型代码）', 'map of ecosystem types (codes)', '1', 'r', ['0', '65535'], 'land', '土地利用类型图 生态系统类型图 地类代码 土地覆被 土地覆盖 土地利用图 land_cover lulc landuse'],
  ['elevation', '高程', 'elevation', 'm', 'r', ['-500', '9000'], 'land', '高程 海拔 数字高程 DEM elevation'],
  ['drainage-cells', '汇水像元数', 'cells draining through the pixel', '1', 'r', ['1', '1e12'], 'institute', '汇水像元数 汇流累积量 集水栅格数 drainage_cells flow_accumulation'],
  ['cell-size', '像元边长', 'side of a pixel', 'm', 'r', ['0.1', '100000'], 'institute', '像元边长 栅格边长 cell_size'],
  ['flow-width', '流向展开系数', 'width of flow', '1', 'r', ['1', '1.4143'], 'institute', '流向展开系数 flow_width'],
  // R1
  ['precipitation', '年降水量', 'annual precipitation', 'mm', 'cr', ['50', '5000'], 'weather', '降水量 年降水量 降雨量 年降雨量 多年平均降水量 precipitation rainfall precip'],
  ['evapotranspiration', '年实际蒸散量', 'actual evapotranspiration', 'mm', 'cr', ['20', '2000'], 'weather', '蒸散量 实际蒸散量 年蒸散量 蒸散发 实际蒸散发 ET AET evapotranspiration'],
  ['potential-evapotranspiration', '年潜在蒸散量', 'potential evapotranspiration', 'mm', 'cr', ['100', '3000'], 'weather', '潜在蒸散量 潜在蒸散发 参考蒸散量 PET ET0 potential_evapotranspiration'],
  ['vegetated', '有无植被（1 有，0 无）', 'vegetated (1) or not (0)', '1', 'cr', ['0', '1'], 'institute', '有无植被 vegetated lulc_veg'],
  ['sunshine', '各月日照时数', 'monthly sunshine hours', 'h', 'ir', ['0', '744'], 'weather', '日照时数 月日照时数 sunshine_hours'],
  ['possible-sunshine', '各月可照时数', 'monthly possible sunshine', 'h', 'ir', ['1', '744'], 'weather', '可照时数 月可照时数 possible_sunshine'],
  ['extraterrestrial-radiation', '各月天文辐射', 'monthly extraterrestrial radiation', 'MJ/m2', 'ir', ['0', '1500'], 'weather', '天文辐射 大气外界辐射 extraterrestrial_radiation'],
  ['month-days', '各月天数', 'days of the months', 'd', 'i', ['28', '31'], 'weather', '各月天数 month_days'],
  ['vegetation-coefficient', 'Zhang 植被系数', 'Zhang vegetation coefficient', '1', 'cr', ['0', '5'], 'institute', '植被系数 vegetation_coefficient'],
  ['crop-coefficient', '作物系数 Kc', 'crop coefficient Kc', '1', 'cr', ['0', '2'], 'institute', '作物系数 Kc crop_coefficient'],
  ['root-depth', '根系深度', 'root depth', 'mm', 'cr', ['50', '10000'], 'institute', '根系深度 root_depth'],
  ['restricting-depth', '限制层深度', 'restricting layer depth', 'mm', 'cr', ['50', '20000'], 'institute', '限制层深度 土层厚度 soil_depth'],
  ['available-water-fraction', '土壤有效含水率', 'plant-available water fraction', '1', 'cr', ['0', '1'], 'institute', '有效含水率 PAWC'],
  ['budyko-omega', 'Budyko 形状参数 ω', 'Budyko shape ω', '1', 'cr', ['1', '5'], 'institute', '形状参数 ω omega'],
  ['available-water', '土壤有效含水量', 'plant-available water', 'mm', 'cr', ['0', '1000'], 'institute', '土壤有效含水量 植被有效含水量 AWC available_water'],
  ['runoff-depth', '地表径流深', 'surface runoff depth', 'mm', 'cr', ['0', '4000'], 'water', '径流深 地表径流量 地表径流深 径流量 runoff'],
  ['water-yield', '产水深', 'water yield depth', 'mm', 'cr', ['0', '4000'], 'institute', '产水深 产水量 water_yield'],
  ['flow-velocity', '流速系数', 'flow velocity coefficient', '1', 'cr', ['1', '3000'], 'institute', '流速系数 velocity'],
  ['topographic-index', '地形指数', 'topographic index', '1', 'cr', ['-10', '30'], 'institute', '地形指数 topographic_index'],
  ['soil-conductivity', '土壤饱和导水率', 'saturated hydraulic conductivity', 'cm/d', 'cr', ['0', '2000'], 'institute', '饱和导水率 土壤饱和导水率 Ksat'],
  ['water-retained', '水源涵养量', 'water retained', 'm3', 'cx', ['0', '1e14'], 'institute', '水源涵养量 水源涵养 涵养水量 water_retained'],
  // R2
  ['rainfall-erosivity', '降雨侵蚀力 R', 'rainfall erosivity R', 'MJ·mm/(hm2·h·a)', 'cr', ['100', '30000'], 'institute', '降雨侵蚀力 降雨侵蚀力因子 R因子 erosivity'],
  ['monthly-rain', '各月降水量', 'monthly rain', 'mm', 'ir', ['0', '2000'], 'weather', '月降水量 各月降水量 monthly_rain'],
  ['monthly-rainfall-erosivity', '各月降雨侵蚀力', 'monthly rainfall erosivity', 'MJ·mm/(hm2·h)', 'ir', ['0', '20000'], 'institute', '月降雨侵蚀力 各月降雨侵蚀力 monthly_erosivity'],
  ['erosive-day-rain', '各侵蚀性降雨日雨量', 'rain of each erosive day', 'mm', 'i', ['0', '1000'], 'weather', '侵蚀性降雨日雨量 侵蚀日雨量 erosive_day_rain'],
  ['rain-years', '日雨量资料年数', 'years of daily rain', '1', '', ['1', '200'], 'weather', '日雨量资料年数 雨量资料年数 rain_years'],
  ['soil-erodibility', '土壤可蚀性 K', 'soil erodibility K', 't·hm2·h/(hm2·MJ·mm)', 'cr', ['0.002', '0.06'], 'institute', '土壤可蚀性 土壤可蚀性因子 K因子 erodibility'],
  ['soil-sand', '砂粒含量', 'sand', '%', 'cr', ['0', '100'], 'institute', '砂粒 砂粒含量 sand'],
  ['soil-silt', '粉粒含量', 'silt', '%', 'cr', ['0', '100'], 'institute', '粉粒 粉粒含量 粉砂含量 silt'],
  ['soil-clay', '黏粒含量', 'clay', '%', 'cr', ['0', '100'], 'institute', '黏粒 粘粒 黏粒含量 粘粒含量 clay'],
  ['soil-organic-carbon', '土壤有机碳含量', 'soil organic carbon', '%', 'cr', ['0', '60'], 'institute', '有机碳 有机碳含量 土壤有机碳 SOC organic_carbon'],
  ['soil-organic-matter', '土壤有机质含量', 'soil organic matter', '%', 'cr', ['0', '90'], 'institute', '有机质 有机质含量 土壤有机质 SOM organic_matter'],
  ['soil-carbonate', '土壤碳酸钙含量', 'soil calcium carbonate', '%', 'cr', ['0', '80'], 'institute', '碳酸钙 碳酸钙含量 CaCO3 carbonate'],
  ['slope-length-steepness', '坡长坡度 LS', 'slope length and steepness LS', '1', 'cr', ['0', '200'], 'institute', '坡长坡度 坡长坡度因子 地形因子 LS因子 LS'],
  ['slope-length', '坡长', 'slope length', 'm', 'cr', ['1', '1000'], 'institute', '坡长 slope_length'],
  ['slope', '坡度', 'slope', '%', 'cr', ['0', '300'], 'institute', '坡度 平均坡度 slope'],
  ['vegetation-cover', '植被覆盖度', 'vegetation cover', '%', 'cr', ['0', '100'], 'institute', '植被覆盖度 覆盖度 植被盖度 盖度 FVC cover'],
  ['monthly-vegetation-cover', '各月植被覆盖度', 'monthly vegetation cover', '%', 'cir', ['0', '100'], 'institute', '月植被覆盖度 各月植被覆盖度 monthly_cover monthly_fvc'],
  ['bare-soil-ndvi', '裸土端元 NDVI', 'NDVI of bare soil', '1', 'cr', ['-0.2', '0.5'], 'institute', '裸土端元NDVI 裸土NDVI NDVI_soil bare_soil_ndvi'],
  ['full-cover-ndvi', '植被端元 NDVI', 'NDVI of full cover', '1', 'cr', ['0.3', '1'], 'institute', '植被端元NDVI 全覆盖NDVI NDVI_veg full_cover_ndvi'],
  ['cover-factor', '植被覆盖因子 C', 'cover factor C', '1', 'cr', ['0', '1'], 'institute', '植被覆盖因子 覆盖与管理因子 C因子 cover_factor'],
  ['practice-factor', '水土保持措施 P', 'practice factor P', '1', 'cr', ['0', '1'], 'institute', '水土保持措施因子 措施因子 P因子 practice_factor'],
  ['soil-retained', '土壤保持量', 'soil retained', 't', 'cx', ['0', '1e12'], 'institute', '土壤保持量 土壤保持 soil_retained'],
  ['sediment-export-avoided', '单位面积减少入河泥沙', 'avoided sediment export per area', 't/(hm2·a)', 'cir', ['0', '5000'], 'institute', '单位面积减少入河泥沙 减少入河泥沙 avoided_export'],
  ['nitrogen-retained', '保持的氮', 'nitrogen retained', 't', 'cx', ['0', '1e10'], 'institute', '减少氮流失量 保持氮量 氮保持量 nitrogen_retained'],
  ['phosphorus-retained', '保持的磷', 'phosphorus retained', 't', 'cx', ['0', '1e10'], 'institute', '减少磷流失量 保持磷量 磷保持量 phosphorus_retained'],
  // R3, R4
  ['sand-fixed', '固沙量', 'sand fixed', 't', 'cx', ['0', '1e11'], 'institute', '固沙量 防风固沙量 sand_fixed'],
  ['weather-factor', '风蚀气象因子 WF', 'wind erosion weather factor WF', '1', 'cr', ['0', '2000'], 'weather', '气象因子 风蚀气象因子 WF因子 weather_factor'],
  ['roughness-factor', '地表糙度因子', 'roughness factor', '1', 'cr', ['0', '1'], 'institute', '糙度因子 地表糙度因子 roughness'],
  ['fetch', '下风距离', 'downwind distance', 'm', 'cr', ['1', '1000'], 'institute', '下风距离 最大风蚀距离 fetch'],
  ['coast-length', '受保护岸线长度', 'protected coast', 'km', 'ix', ['0', '20000'], 'land', '受保护海岸线长度 防护岸线长度 coast_length'],
  // R5
  ['storm-rain', '暴雨降水量', 'storm rain', 'mm', 'cr', ['0', '3000'], 'weather', '暴雨量 暴雨降水量 年暴雨量 storm_rain'],
  ['storm-runoff', '暴雨径流量', 'storm runoff', 'mm', 'cr', ['0', '3000'], 'water', '暴雨径流量 暴雨径流 storm_runoff'],
  ['storm-day-rain', '各暴雨日雨量', 'rain of each storm day', 'mm', 'i', ['0', '1000'], 'weather', '日暴雨量 暴雨日雨量 storm_day_rain'],
  ['storm-day-runoff', '各暴雨日径流', 'runoff of each storm day', 'mm', 'ci', ['0', '1000'], 'water', '暴雨日径流 storm_day_runoff'],
  ['curve-number', '径流曲线数 CN', 'curve number', '1', 'cr', ['20', '100'], 'institute', 'CN值 径流曲线数 curve_number CN'],
  ['curve-number.a', 'A 组曲线数', 'curve number of soil group A', '1', 'cr', ['1', '100'], 'institute', 'A组曲线数 CN_A'],
  ['curve-number.b', 'B 组曲线数', 'curve number of soil group B', '1', 'cr', ['1', '100'], 'institute', 'B组曲线数 CN_B'],
  ['curve-number.c', 'C 组曲线数', 'curve number of soil group C', '1', 'cr', ['1', '100'], 'institute', 'C组曲线数 CN_C'],
  ['curve-number.d', 'D 组曲线数', 'curve number of soil group D', '1', 'cr', ['1', '100'], 'institute', 'D组曲线数 CN_D'],
  ['soil-group', '水文土壤组（1–4 即 A–D）', 'hydrologic soil group (1 to 4 are A to D)', '1', 'cr', ['1', '4'], 'institute', '水文土壤组 土壤水文组 soil_group hydrologic_group'],
  ['lake-area', '湖泊面积', 'lake area', 'km2', 'ix', ['0', '6000'], 'water', '湖泊面积 水面面积 湖面面积 lake_area'],
  ['lake-area.whole', '全湖面积', 'area of the whole lake', 'km2', 'i', ['0', '6000'], 'water', '全湖面积 whole_lake_area'],
  ['reservoir-capacity', '水库总库容', 'reservoir capacity', 'm3', 'ix', ['0', '5e10'], 'water', '总库容 库容 水库总库容 capacity'],
  ['reservoir-flood-capacity', '水库防洪库容', 'reservoir flood-control capacity', 'm3', 'ix', ['0', '5e10'], 'water', '防洪库容 调洪库容 flood_capacity'],
  ['marsh-area', '沼泽面积', 'marsh area', 'km2', 'ix', ['0', '100000'], 'forestry', '沼泽面积 沼泽湿地面积 marsh_area'],
  ['flood-storage', '洪水调蓄量', 'flood storage', 'm3', 'ix', ['0', '1e13'], 'institute', '洪水调蓄量 调蓄量 flood_storage'],
  // R6, R7
  ['air-emission', '大气污染物排放量', 'air emission', 't', 'ix', ['0', '1e8'], 'environment', '大气污染物排放量 废气排放量 排放量 emission'],
  ['water-emission', '入河水污染物量', 'water pollutant load', 't', 'ix', ['0', '1e8'], 'environment', '水污染物排放量 废水污染物排放量 入河量 排放量 load'],
  ['nitrogen-load-retained', '单位面积截留的面源氮', 'diffuse nitrogen retained per area', 'kg/(hm2·a)', 'cir', ['0', '1000'], 'institute', '单位面积截留氮 截留氮 nitrogen_load_retained'],
  ['phosphorus-load-retained', '单位面积截留的面源磷', 'diffuse phosphorus retained per area', 'kg/(hm2·a)', 'cir', ['0', '500'], 'institute', '单位面积截留磷 截留磷 phosphorus_load_retained'],
  // R8
  ['npp', '净初级生产力', 'net primary productivity', 'gC/(m2·a)', 'cr', ['0', '3000'], 'institute', '净初级生产力 NPP 植被净初级生产力'],
  ['monthly-ndvi', '各月 NDVI', 'monthly NDVI', '1', 'cir', ['-1', '1'], 'institute', '植被指数 NDVI monthly_ndvi'],
  ['monthly-radiation', '各月太阳总辐射', 'monthly solar radiation', 'MJ/m2', 'ir', ['0', '1500'], 'weather', '太阳辐射 太阳总辐射 radiation'],
  ['monthly-temperature', '各月平均气温', 'monthly mean temperature', '℃', 'ir', ['-50', '50'], 'weather', '月平均气温 平均气温 气温 temperature'],
  ['monthly-evapotranspiration', '各月实际蒸散', 'monthly evapotranspiration', 'mm', 'ir', ['0', '400'], 'weather', '月蒸散量 monthly_et'],
  ['monthly-potential-evapotranspiration', '各月潜在蒸散', 'monthly potential evapotranspiration', 'mm', 'ir', ['0', '500'], 'weather', '月潜在蒸散量 monthly_pet'],
  ['optimum-temperature', '最适温度', 'optimum temperature', '℃', 'cr', ['-10', '45'], 'institute', '最适温度 optimum_temperature'],
  ['nep-ratio', 'NEP 与 NPP 之比', 'NEP to NPP ratio', '1', 'cr', ['0', '1'], 'institute', '净生态系统比例 NEP/NPP nep_ratio'],
  ['carbon-rate', '固碳速率', 'carbon sequestration rate', 'tC/(hm2·a)', 'cr', ['0', '20'], 'institute', '固碳速率 carbon_rate'],
  ['soil-respiration', '土壤异养呼吸', 'heterotrophic respiration', 'gC/(m2·a)', 'cr', ['0', '3000'], 'institute', '土壤呼吸 异养呼吸 土壤异养呼吸 Rh'],
  ['npp-dry-matter', '植被净生产干物质', 'NPP as dry matter', 'tDM', 'cx', ['0', '1e11'], 'institute', '干物质量 净生产干物质 dry_matter'],
  ['carbon-stock.opening', '期初碳储量', 'opening carbon stock', 'tC', 'cx', ['0', '1e12'], 'forestry', '期初碳储量 上期碳储量 carbon_stock_opening'],
  ['carbon-stock.closing', '期末碳储量', 'closing carbon stock', 'tC', 'cx', ['0', '1e12'], 'forestry', '期末碳储量 本期碳储量 carbon_stock_closing'],
  ['carbon-stock.years', '两期间隔年数', 'years between stocks', 'a', '', ['1', '30'], 'forestry', '间隔年数 两期间隔 years'],
  ['carbon-sequestered', '固碳量（CO2）', 'carbon dioxide fixed', 'tCO2', 'cx', ['-1e10', '1e11'], 'institute', '固碳量 固定二氧化碳量 二氧化碳固定量 CO2固定量 co2_fixed'],
  // R9
  ['cooling-days', '日均温高于 26 ℃ 天数', 'days above 26 °C', 'd', 'r', ['0', '366'], 'weather', '高温天数 降温天数 气温高于26℃天数 日均温高于26℃天数 cooling_days'],
  ['water-evaporated', '降温期水面蒸发量', 'water evaporated in the cooling season', 'm3', 'x', ['0', '1e12'], 'water', '水面蒸发量 降温期水面蒸发量 蒸发水量 water_evaporated'],
  ['dry-day-evaporation', '低湿日水面蒸发量', 'evaporation on days with humidity below 45 %', 'm3', 'x', ['0', '1e12'], 'water', '低湿日蒸发量 相对湿度低于45%蒸发量'],
  ['hot-day-evaporation', '高温日水面蒸发深', 'depth evaporated from open water on hot days', 'mm', 'r', ['0', '2000'], 'weather', '高温日水面蒸发深 高温日蒸发 降温期蒸发深 hot_day_evaporation'],
  ['dry-day-evaporation-depth', '低湿日水面蒸发深', 'depth evaporated on days with humidity below 45 %', 'mm', 'r', ['0', '2000'], 'weather', '低湿日水面蒸发深 dry_day_evaporation_depth'],
  ['cooling-energy', '蒸散消耗能量折电', 'cooling as electricity', 'kWh', 'cix', ['0', '1e14'], 'institute', '气候调节量 降温节电量 cooling_energy'],
  // R10 to R13
  ['noise-reduction', '绿带平均降噪', 'mean noise reduction', 'dB', 'i', ['0', '30'], 'environment', '降噪值 平均降噪 降噪分贝 noise_reduction'],
  ['noise-belt-length', '道路绿带长度', 'roadside belt length', 'km', 'ix', ['0', '100000'], 'forestry', '绿带长度 道路绿化长度 belt_length'],
  ['oxygen-released', '释氧量', 'oxygen released', 'tO2', 'cx', ['0', '1e11'], 'institute', '释氧量 氧气释放量 oxygen_released'],
  ['species-area', '物种保育面积', 'species conservation area', 'hm2', 'cx', ['0', '1e9'], 'forestry', '物种保育面积 species_area'],
  ['pest-free-area', '病虫害自控面积', 'pest-controlled area', 'hm2', 'cx', ['0', '1e9'], 'forestry', '病虫害控制面积 病虫害自愈面积 pest_area'],
  // M
  ['crop-output', '农产品产量', 'crop output', 't', 'ix', ['0', '1e10'], 'agriculture', '农产品产量 产量 output yield'],
  ['wood-output', '林产品产量', 'forest product output', 't', 'ix', ['0', '1e10'], 'forestry', '林产品产量 产量 output'],
  ['timber-output', '木材采伐量', 'timber harvest', 'm3', 'ix', ['0', '1e9'], 'forestry', '木材产量 采伐量 木材采伐量 timber'],
  ['livestock-output', '畜产品产量', 'livestock output', 't', 'ix', ['0', '1e10'], 'agriculture', '畜产品产量 肉类产量 产量 output'],
  ['fish-output', '水产品产量', 'fish output', 't', 'ix', ['0', '1e10'], 'agriculture', '水产品产量 产量 output'],
  ['biomass-energy', '生物质能产量', 'biomass energy', 'tce', 'ix', ['0', '1e9'], 'energy', '生物质能 生物质能产量 biomass_energy'],
  ['product-price', '产品价格', 'product price', '元/t', 'ip', ['0', '1e8'], 'agriculture', '价格 单价 生产者价格 price'],
  ['timber-price', '木材价格', 'timber price', '元/m3', 'ip', ['0', '1e6'], 'forestry', '木材价格 立方米单价 timber_price'],
  ['biomass-price', '生物质能价格', 'biomass energy price', '元/tce', 'ip', ['0', '1e6'], 'energy', '生物质能价格 biomass_price'],
  ['input-cost', '非自然中间投入', 'non-natural inputs', '元', 'ix', ['0', '1e13'], 'statistics', '中间投入 非自然投入 生产成本 投入成本 input_cost'],
  ['crop-net-output', '农业净产值', 'net output of farming', '元', 'x', ['0', '1e13'], 'statistics', '农业净产值 种植业净产值 crop_net_output'],
  ['wood-net-output', '林业净产值', 'net output of forestry', '元', 'x', ['0', '1e13'], 'statistics', '林业净产值 wood_net_output'],
  ['livestock-net-output', '畜牧业净产值', 'net output of livestock', '元', 'x', ['0', '1e13'], 'statistics', '畜牧业净产值 牧业净产值 livestock_net_output'],
  ['fish-net-output', '渔业净产值', 'net output of fishery', '元', 'x', ['0', '1e13'], 'statistics', '渔业净产值 fish_net_output'],
  ['water-use', '用水量', 'water use', 'm3', 'ix', ['0', '1e12'], 'water', '用水量 供水量 water_use'],
  ['hydropower', '水电发电量', 'hydropower', 'kWh', 'x', ['0', '1e13'], 'energy', '水电发电量 水力发电量 hydropower'],
  // C
  ['visits', '旅游人次', 'visits', '人次', 'ix', ['0', '1e10'], 'tourism', '旅游人次 游客人次 接待人次 游客量 visits'],
  ['travel-expense', '人均旅行直接花费', 'expense per visit', '元/人次', 'i', ['0', '100000'], 'tourism', '人均花费 人均旅行花费 直接花费 expense'],
  ['travel-time-cost', '人均时间成本', 'time cost per visit', '元/人次', 'i', ['0', '100000'], 'tourism', '时间成本 人均时间成本 time_cost'],
  ['consumer-surplus', '人均消费者剩余', 'consumer surplus per visit', '元/人次', 'i', ['0', '100000'], 'tourism', '消费者剩余 人均消费者剩余 surplus'],
  ['tourism-revenue', '旅游收入', 'tourism revenue', '元', 'ix', ['0', '1e13'], 'tourism', '旅游收入 旅游总收入 revenue'],
  ['nature-share', '自然景观比例', 'share of nature', '%', 'i', ['0', '100'], 'tourism', '自然景观比例 自然景观占比 自然贡献率 自然贡献比例 nature_share'],
  ['recreation-value', '旅游康养价值（旅行费用法结果）', 'recreation value (travel-cost study)', '元', 'ix', ['0', '1e13'], 'institute', '旅游康养价值 旅行费用价值 recreation_value'],
  ['visitor-hours', '休闲游憩时长', 'visitor hours', '人·h', 'ix', ['0', '1e12'], 'tourism', '游憩时长 休闲人时 visitor_hours'],
  ['time-value', '时间价值', 'value of time', '元/(人·h)', 'i', ['0', '1000'], 'statistics', '时间价值 小时工资 time_value'],
  ['amenity-area', '受益住房面积', 'housing area with amenity', 'm2', 'ix', ['0', '1e10'], 'housing', '住房面积 受益住房面积 amenity_area'],
  ['amenity-price', '住房单价', 'housing price', '元/m2', 'ip', ['0', '1000000'], 'housing', '房价 住房均价 住房单价 housing_price'],
  ['amenity-premium', '景观溢价率', 'amenity premium', '%', 'i', ['0', '100'], 'housing', '景观溢价率 溢价率 premium'],
  ['amenity-yield', '房产年收益率', 'annual yield of housing', '%', 'i', ['0', '100'], 'housing', '年收益率 租售比 资本化率 yield'],
  // prices of services
  ['price.reservoir-storage', '水库单位库容价格', 'reservoir storage price', '元/m3', 'p', ['0.05', '100'], 'water', '水库单位库容造价 单位库容价格 库容造价 reservoir_price'],
  ['price.dredging', '清淤单价', 'dredging price', '元/m3', 'p', ['1', '200'], 'water', '清淤单价 清淤费用 挖取单位面积土方费用 dredging_price'],
  ['price.soil-nitrogen', '氮治理单价', 'price of nitrogen', '元/t', 'p', ['100', '100000'], 'environment', '氮治理成本 氮单价 nitrogen_price'],
  ['price.soil-phosphorus', '磷治理单价', 'price of phosphorus', '元/t', 'p', ['100', '2000000'], 'environment', '磷治理成本 磷单价 phosphorus_price'],
  ['price.desert-restoration', '沙地治理单价', 'desert restoration price', '元/m2', 'p', ['0.1', '100'], 'forestry', '沙地治理成本 治沙单价 desert_price'],
  ['price.coast', '海堤年价', 'sea wall price', '元/km', 'p', ['1000', '1e9'], 'water', '海堤造价 coast_price'],
  ['price.air-pollutant', '大气污染物治理单价', 'price of air pollutant', '元/t', 'ip', ['50', '100000'], 'environment', '治理成本 单位治理成本 处理单价 air_price'],
  ['price.water-pollutant', '水污染物治理单价', 'price of water pollutant', '元/t', 'ip', ['50', '1000000'], 'environment', '治理成本 单位治理成本 处理单价 water_price'],
  ['price.carbon', '碳价', 'carbon price', '元/tCO2', 'p', ['5', '3000'], 'environment', '碳价 碳交易价格 二氧化碳价格 carbon_price'],
  ['price.oxygen', '工业制氧价格', 'price of oxygen', '元/tO2', 'p', ['100', '5000'], 'energy', '制氧价格 氧气价格 oxygen_price'],
  ['price.electricity', '电价', 'electricity price', '元/kWh', 'p', ['0.1', '3'], 'energy', '电价 居民电价 electricity_price'],
  ['price.hydropower', '上网电价', 'hydropower price', '元/kWh', 'p', ['0.1', '3'], 'energy', '上网电价 水电电价 hydropower_price'],
  ['price.noise', '隔音墙年价', 'price of noise reduction', '元/(dB·km)', 'p', ['1', '1e7'], 'environment', '隔音墙造价 降噪单价 noise_price'],
  ['price.species', '物种保育单价', 'price of species conservation', '元/hm2', 'cp', ['1', '100000'], 'forestry', '物种保育单价 species_price'],
  ['price.pest', '病虫害防治单价', 'price of pest control', '元/hm2', 'cp', ['1', '10000'], 'forestry', '病虫害防治单价 病虫害防治成本 防治成本 pest_price'],
  ['price.water-use', '水资源价格', 'price of water', '元/m3', 'ip', ['0.001', '50'], 'water', '水价 水资源价格 water_use_price'],
]

export const POLLUTANTS_AIR: Readonly<Record<string, Text>> = {
  SO2: text('二氧化硫', 'sulphur dioxide'),
  NOx: text('氮氧化物', 'nitrogen oxides'),
  dust: text('粉尘', 'dust'),
}
export const POLLUTANTS_WATER: Readonly<Record<string, Text>> = {
  COD: text('化学需氧量', 'chemical oxygen demand'),
  'NH3-N': text('氨氮', 'ammonia nitrogen'),
  TN: text('总氮', 'total nitrogen'),
  TP: text('总磷', 'total phosphorus'),
}
export const WATER_USERS: Readonly<Record<string, Text>> = {
  domestic: text('生活用水', 'domestic'),
  industrial: text('工业用水', 'industrial'),
  farm: text('农业用水', 'farm'),
}
const MONTHS: Readonly<Record<string, Text>> = Object.fromEntries(
  Array.from({ length: 12 }, (_, k) => [String(k + 1).padStart(2, '0'), text(`${k + 1}月`, `month ${k + 1}`)]),
)

/** The two forms of a delivery model are two models: a map says which one made it. */
export const DELIVERY_FORMS: Readonly<Record<string, Text>> = {
  documented: text('照论文', 'as published'),
  'invest-3.20.1': text('照 InVEST 3.20.1 的输出', 'as InVEST 3.20.1 puts it out'),
}

const CLOSED: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  'air-emission': POLLUTANTS_AIR,
  'price.air-pollutant': POLLUTANTS_AIR,
  'water-emission': POLLUTANTS_WATER,
  'price.water-pollutant': POLLUTANTS_WATER,
  'sediment-export-avoided': DELIVERY_FORMS,
  'nitrogen-load-retained': DELIVERY_FORMS,
  'phosphorus-load-retained': DELIVERY_FORMS,
  'water-use': WATER_USERS,
  'price.water-use': WATER_USERS,
  sunshine: MONTHS,
  'possible-sunshine': MONTHS,
  'extraterrestrial-radiation': MONTHS,
  'month-days': MONTHS,
  'monthly-rain': MONTHS,
  'monthly-rainfall-erosivity': MONTHS,
  'monthly-vegetation-cover': MONTHS,
  'monthly-ndvi': MONTHS,
  'monthly-radiation': MONTHS,
  'monthly-temperature': MONTHS,
  'monthly-evapotranspiration': MONTHS,
  'monthly-potential-evapotranspiration': MONTHS,
}

export const ARGUMENTS: readonly Argument[] = rows.map(([id, zh, en, unit, shape, range, custodian, headings]) => ({
  id,
  title: text(zh, en),
  unit,
  by: [...(shape.includes('c') ? (['class'] as const) : []), ...(/[ik]/.test(shape) ? (['item'] as const) : [])],
  ...(shape.includes('k') ? { itemsAreClasses: true as const } : {}),
  ...(CLOSED[id] ? { items: CLOSED[id] } : {}),
  extensive: shape.includes('x'),
  range,
  headings: headings.split(' '),
  custodian,
  ...(shape.includes('p') ? { price: true as const } : {}),
  ...(shape.includes('r') ? { raster: true as const } : {}),
}))

const byId = new Map(ARGUMENTS.map((a) => [a.id, a]))
export const findArgument = (id: string): Argument | undefined => byId.get(id)
