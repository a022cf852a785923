// Every problem a GeoTIFF can have, each with what its owner does next.

import { defineProblems } from '../../kernel/index.ts'

export const problem = defineProblems({
  'geotiff.not-a-tiff': {
    severity: 'red',
    zh: '文件内容不是 TIFF 栅格。',
    en: 'The content is not a TIFF raster.',
    hint: { zh: '请导出为 GeoTIFF（.tif）。', en: 'Export it as GeoTIFF (.tif).' },
  },
  'geotiff.damaged': {
    severity: 'red',
    zh: '栅格文件已损坏（{reason}）。',
    en: 'The raster file is damaged ({reason}).',
    hint: {
      zh: '请在原软件中打开检查，重新保存或重新拷贝一份。',
      en: 'Open it in the program that made it, check it, and save or copy it again.',
    },
  },
  'geotiff.cut-short': {
    severity: 'red',
    zh: '栅格文件不完整：目录指向文件末尾（{size} 字节）之后。',
    en: 'The raster file is incomplete: its directory points beyond the end ({size} bytes).',
    hint: {
      zh: '文件可能没有拷贝完或没有写完，请重新拷贝或重新导出，并核对文件大小。',
      en: 'It was probably not copied or written to the end: copy or export it again and compare the sizes.',
    },
  },
  'geotiff.compression': {
    severity: 'red',
    zh: '不能读取压缩方式“{compression}”。',
    en: 'The compression "{compression}" cannot be read.',
    hint: {
      zh: '请改用无损的 deflate 压缩重新导出：gdal_translate -co COMPRESS=DEFLATE 原文件.tif 新文件.tif；有损压缩（如 jpeg）会改变数值，请尽量从原始数据导出。',
      en: 'Export it again with the lossless deflate: gdal_translate -co COMPRESS=DEFLATE old.tif new.tif. Lossy packing (as jpeg) changes values: go back to the original data if you can.',
    },
  },
  'geotiff.sample-type': {
    severity: 'red',
    zh: '不能读取这种像元类型（每个数 {bits} 位，可能是复数、64 位整数、半精度，或各波段类型不同）。',
    en: 'This sample type cannot be read ({bits} bits each: complex numbers, 64-bit integers, half floats, or bands of different types).',
    hint: {
      zh: '请导出为 8、16、32 位整数或 32、64 位浮点数，例如 gdal_translate -ot Float64。',
      en: 'Export it as integers of 8, 16 or 32 bits or floats of 32 or 64 bits, as with gdal_translate -ot Float64.',
    },
  },
  'geotiff.predictor': {
    severity: 'red',
    zh: '不能读取预测方式 {predictor} 与这种像元类型的组合。',
    en: 'Predictor {predictor} cannot be read with this sample type.',
    hint: {
      zh: '请重新导出：gdal_translate -co COMPRESS=DEFLATE -co PREDICTOR=1。',
      en: 'Export it again: gdal_translate -co COMPRESS=DEFLATE -co PREDICTOR=1.',
    },
  },
  'geotiff.block-too-large': {
    severity: 'red',
    zh: '栅格的一个数据块解压后有 {mb} MB，无法逐块读取。',
    en: 'One block of the raster is {mb} MB unpacked and cannot be read piece by piece.',
    hint: {
      zh: '请分块重新导出：gdal_translate -co TILED=YES -co COMPRESS=DEFLATE。',
      en: 'Export it in tiles: gdal_translate -co TILED=YES -co COMPRESS=DEFLATE.',
    },
  },
  'geotiff.block-cut-off': {
    severity: 'red',
    zh: '数据块在文件末尾之后：文件不完整。',
    en: 'The block lies beyond the end of the file: the file is incomplete.',
    hint: {
      zh: '文件可能没有拷贝完或没有写完，请重新拷贝或重新导出，并核对文件大小。',
      en: 'It was probably not copied or written to the end: copy or export it again and compare the sizes.',
    },
  },
  'geotiff.block-damaged': {
    severity: 'red',
    zh: '数据块无法解压（{reason}）。',
    en: 'The block cannot be unpacked ({reason}).',
    hint: {
      zh: '这一块的内容已损坏，请重新拷贝文件，或从原软件重新导出。',
      en: 'The content of this block is damaged: copy the file again, or export it again from the program that made it.',
    },
  },
  'geotiff.block-short': {
    severity: 'red',
    zh: '数据块只有 {bytes} 字节，应有 {wanted} 字节。',
    en: 'The block has {bytes} bytes where {wanted} are needed.',
    hint: {
      zh: '这一块的内容不完整，请重新拷贝文件，或从原软件重新导出。',
      en: 'The content of this block is incomplete: copy the file again, or export it again from the program that made it.',
    },
  },
  'geotiff.no-band': {
    severity: 'red',
    zh: '没有第 {band} 波段：文件有 {bands} 个波段。',
    en: 'There is no band {band}: the file has {bands}.',
    hint: { zh: '请写 1 到 {bands} 之间的波段号。', en: 'Name a band from 1 to {bands}.' },
  },
  'geotiff.scale': {
    severity: 'red',
    zh: '波段写明的比例或偏移“{text}”不是数。',
    en: 'The scale or offset of the band, "{text}", is not a number.',
    hint: {
      zh: '请改正或去掉文件里的比例和偏移：gdal_edit.py -scale 1 -offset 0。',
      en: 'Mend or remove scale and offset of the file: gdal_edit.py -scale 1 -offset 0.',
    },
  },
  'raster.no-place': {
    severity: 'red',
    zh: '栅格没有地理位置：文件没有写明左上角坐标和像元大小。',
    en: 'The raster has no place on earth: the file states no corner and no pixel size.',
    hint: {
      zh: '请在地理信息软件中配准后导出为 GeoTIFF；只有 .tfw 的，先用 gdal_translate 转换一次。',
      en: 'Georeference it in a GIS and export it as GeoTIFF; if it has a .tfw beside it, convert it once with gdal_translate.',
    },
  },
  'raster.rotated': {
    severity: 'red',
    zh: '栅格的行列与坐标轴不平行（旋转、倾斜或上下左右颠倒）。',
    en: 'The rows and columns of the raster do not run along the axes from the north-west (rotated, sheared or mirrored).',
    hint: {
      zh: '请先转正：gdalwarp -r near 原文件.tif 新文件.tif。',
      en: 'Turn it upright first: gdalwarp -r near old.tif new.tif.',
    },
  },
  'raster.crs-contradicts': {
    severity: 'red',
    zh: '文件写明的坐标系（{statedZh}）与声明的（{declaredZh}）不同。',
    en: 'The file states one coordinate system ({statedEn}), another was declared ({declaredEn}).',
    hint: {
      zh: '请核对：文件写得对就去掉声明；声明得对就在 GIS 软件中给文件重新“定义投影”。',
      en: 'Compare them: remove the declaration if the file is right, else define the projection of the file again in a GIS.',
    },
  },
  'raster.does-not-fit': {
    severity: 'red',
    zh: '像元值 {value} 不能存为 {type}。',
    en: 'The pixel value {value} cannot be stored as {type}.',
    hint: { zh: '请改用 float32 或 float64 输出。', en: 'Write float32 or float64 instead.' },
  },
  'raster.is-nodata': {
    severity: 'red',
    zh: '像元有值，但这个值 {value} 正是文件的无数据值。',
    en: 'The pixel has a value, but {value} is the no-data value of the file.',
    hint: { zh: '请换一个不会出现的无数据值。', en: 'Choose a no-data value that does not occur.' },
  },
  'raster.needs-nodata': {
    severity: 'red',
    zh: '像元没有值，而输出文件没有规定无数据值。',
    en: 'The pixel has no value, and the file to be written has no no-data value.',
    hint: { zh: '请规定一个无数据值。', en: 'Name a no-data value.' },
  },
  'raster.unwritable': {
    severity: 'red',
    zh: '栅格文件无法写出（{reason}）。',
    en: 'The raster file cannot be written ({reason}).',
    hint: {
      zh: '请检查文件夹是否存在、可写，磁盘是否已满（写出时需要约两倍文件大小的空间）。',
      en: 'Check that the folder exists and can be written, and that the disk has room for twice the file.',
    },
  },
} as const)
