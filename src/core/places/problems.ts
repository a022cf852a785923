// What can go wrong with spatial units, and what the office does next.

import { defineProblems } from '../../kernel/index.ts'

const look = { zh: '请在图上核对后再办理。', en: 'Check it on the map first.' }

export const placesProblem = defineProblems({
  'places.no-shape': {
    severity: 'red',
    zh: '没有读到图形，或者不止一个图形。',
    en: 'No shape was found, or more than one.',
    hint: {
      zh: '请给出一个图形：GeoJSON 的 Point、LineString、Polygon 或对应的 Multi 类型，经纬度。',
      en: 'Give one shape: a GeoJSON Point, LineString, Polygon or their Multi kinds, in degrees.',
    },
  },
  'places.other-area': {
    severity: 'yellow',
    zh: '空间单元 {unit} 第 {version} 版图形的面积，这里是 {ours} 平方米，PostGIS 算得 {theirs} 平方米。',
    en: 'The area of shape {version} of unit {unit} is {ours} m² here and {theirs} m² by PostGIS.',
    hint: {
      zh: '请在图上看这个图形；仍不一致的，把图形连同这一行发给我们。',
      en: 'Look at the shape on the map; if they still differ, send us the shape with this line.',
    },
  },
  'places.other-soundness': {
    severity: 'yellow',
    zh: '空间单元 {unit} 第 {version} 版图形，这里认为没有问题，PostGIS 认为有问题。',
    en: 'Shape {version} of unit {unit} is sound here and not valid by PostGIS.',
    hint: {
      zh: '请在图上看这个图形；仍不一致的，把图形连同这一行发给我们。',
      en: 'Look at the shape on the map; if they still differ, send us the shape with this line.',
    },
  },
  'places.unknown-unit': {
    severity: 'red',
    zh: '没有编号为 {unit} 的空间单元。',
    en: 'There is no unit {unit}.',
    hint: { zh: '请从清单里选择。', en: 'Choose it from the list.' },
  },
  'places.elsewhere': {
    severity: 'red',
    zh: '“{name}”在 {region}，不在 {place} 之内。',
    en: '"{name}" lies in {region}, not within {place}.',
    hint: { zh: '请按行政区分别办理。', en: 'Do it for each region by itself.' },
  },
  'places.retired': {
    severity: 'red',
    zh: '“{name}”已于 {on} 注销。',
    en: '"{name}" was retired on {on}.',
    hint: { zh: '请用后继的单元办理。', en: 'Use the units that followed it.' },
  },
  'places.before-shape': {
    severity: 'red',
    zh: '“{name}”现在的图形从 {from} 起有效，{on} 在这之前。',
    en: 'The present shape of "{name}" is valid from {from}; {on} is before that.',
    hint: { zh: '日期不能早于现在图形的起始日期。', en: 'The date cannot be before the present shape begins.' },
  },
  'places.unsound': {
    severity: 'yellow',
    zh: '“{name}”的图形有问题：{fault}',
    en: 'The shape of "{name}" is not sound: {faultEn}',
    hint: {
      zh: '可以先导入，再逐个修复（先看修复方案）或退回。',
      en: 'It can be brought in; then repair (look at the proposal first) or return it.',
    },
  },
  'places.not-sound': {
    severity: 'red',
    zh: '“{name}”的图形还没有修复。',
    en: 'The shape of "{name}" has not been repaired.',
    hint: { zh: '请先修复或退回。', en: 'Repair or return it first.' },
  },
  'places.nothing-to-repair': {
    severity: 'red',
    zh: '“{name}”的图形没有需要修复的地方。',
    en: 'The shape of "{name}" needs no repair.',
    hint: look,
  },
  'places.other-repair': {
    severity: 'red',
    zh: '“{name}”的修复方案已不是您看到的那个。',
    en: 'The repair of "{name}" is no longer the one you saw.',
    hint: { zh: '请重新查看修复方案后再确认。', en: 'Look at the proposal again, then accept it.' },
  },
  'places.overlap': {
    severity: 'yellow',
    zh: '“{name}”与“{other}”重叠 {areaM2} 平方米。',
    en: '"{name}" and "{other}" overlap by {areaM2} m².',
    hint: {
      zh: '请在图上核对：修改其中一个，或退回，或写明理由。',
      en: 'Look at the map: change one of them, return it, or give the reason.',
    },
  },
  'places.sliver': {
    severity: 'yellow',
    zh: '“{name}”与“{other}”之间有宽不足 5 厘米的细缝重叠，{areaM2} 平方米。',
    en: '"{name}" and "{other}" overlap in a strip thinner than 5 cm, {areaM2} m².',
    hint: { zh: '在测量误差之内，写明理由即可。', en: 'Within the error of measuring; a reason is enough.' },
  },
  'places.overlaps-open': {
    severity: 'red',
    zh: '“{name}”与“{other}”重叠 {areaM2} 平方米，没有说明理由。',
    en: '"{name}" and "{other}" overlap by {areaM2} m² and no reason is given.',
    hint: {
      zh: '请修改图形、退回其中一个，或填写“重叠理由”。',
      en: 'Change the shape, return one of them, or fill in the reason for overlaps.',
    },
  },
  'places.not-compared': {
    severity: 'yellow',
    zh: '{place} 已有 {count} 个单元，太多，没有与它们逐个比对重叠。',
    en: '{place} has {count} units already, too many to compare with here.',
    hint: {
      zh: '请按乡镇或村分批导入，或在确认时比对。',
      en: 'Bring them in by township or village, or compare when confirming.',
    },
  },
  'places.gcj02-converted': {
    severity: 'yellow',
    zh: '坐标按声明由 GCJ-02（互联网地图坐标）换算为 CGCS2000，误差约一两米。',
    en: 'Coordinates were converted from GCJ-02 as declared, good to a metre or two.',
    hint: { zh: '请写明为什么没有测绘成果坐标。', en: 'Say why there are no surveyed coordinates.' },
  },
  'places.no-crs': {
    severity: 'red',
    zh: '文件没有写明坐标系。',
    en: 'The file does not say its coordinate system.',
    hint: {
      zh: '请在“坐标系”里填写 EPSG 代码，例如 4490（CGCS2000 经纬度）、4525（3 度带 37 带）、4547（3 度带中央经线 114°）。',
      en: 'Give its EPSG code: 4490 (CGCS2000 degrees), 4525 (3-degree zone 37), 4547 (3-degree CM 114E).',
    },
  },
  'places.other-datum': {
    severity: 'red',
    zh: '坐标系是 {crs}，不是 CGCS2000 或 WGS 84。',
    en: 'The coordinate system is {crs}, not CGCS2000 or WGS 84.',
    hint: {
      zh: '北京 54、西安 80 要由测绘部门按参数转换后再导入。',
      en: 'Beijing 1954 and Xian 1980 must be converted by a surveying office first.',
    },
  },
  'places.bad-coordinates': {
    severity: 'red',
    zh: '坐标串读不懂：{found}',
    en: 'The list of coordinates cannot be read: {found}',
    hint: {
      zh: '每点写“横坐标（经度） 纵坐标（纬度）”，点之间用分号；各环之间用竖线。',
      en: 'Write each point as "x y" (longitude latitude), points parted by semicolons, rings by a bar.',
    },
  },
  'places.points-two-names': {
    severity: 'red',
    zh: '单元 {code} 有两个名称：“{name}”和“{other}”。',
    en: 'Unit {code} has two names: "{name}" and "{other}".',
    hint: { zh: '请改成一个，或核对单元编码。', en: 'Keep one, or compare the codes.' },
  },
  'places.point-twice': {
    severity: 'red',
    zh: '单元 {code} 的界址点 {point} 出现两次。',
    en: 'Point {point} of unit {code} comes twice.',
    hint: {
      zh: '每个点一行；只有起点可以在最后再写一次。有内圈的请填圈号。',
      en: 'One line a point; only the first may come again at the end. Rings inside want a ring number.',
    },
  },
  'places.too-few-points': {
    severity: 'red',
    zh: '单元 {code} 只有 {count} 个不同的界址点，围不成面。',
    en: 'Unit {code} has {count} points: too few for an area.',
    hint: { zh: '面至少要三个点；点状单元只写一个点。', en: 'An area wants three; a unit that is a point has one.' },
  },
  'places.too-many-points': {
    severity: 'red',
    zh: '界址点超过 {most} 行。',
    en: 'There are more than {most} lines.',
    hint: { zh: '请按乡镇拆成几份。', en: 'Split the file by township.' },
  },
  'places.merge-kinds': {
    severity: 'red',
    zh: '要合并的单元种类或行政区不同。',
    en: 'The units to be merged differ in kind or region.',
    hint: look,
  },
  'places.changed-meanwhile': {
    severity: 'red',
    zh: '{place} 的图形在您提交的同时有变动。',
    en: 'Shapes of {place} changed while you submitted.',
    hint: { zh: '请再提交一次。', en: 'Submit it again.' },
  },
  'places.wrong-notice': {
    severity: 'red',
    zh: '“{name}”不是公示对象 {about} 的一部分。',
    en: '"{name}" is no part of what the notice {about} is about.',
    hint: {
      zh: '公示对象写导入批次（import:…）或单元自己（unit:…）。',
      en: 'The notice is about the import (import:…) or the unit itself (unit:…).',
    },
  },
  'places.reshaped-since': {
    severity: 'red',
    zh: '“{name}”的图形在公示 {number} 发布之后变过。',
    en: 'The shape of "{name}" was changed after notice {number} was posted.',
    hint: {
      zh: '公示的不是现在的图形：请为变更后的图形另发公示（单元自己或整批），期满后再确认。',
      en: 'What was posted is not what stands now: post a new notice of the unit or its import, and confirm when it has ended.',
    },
  },
  'places.followed': {
    severity: 'red',
    zh: '“{name}”之后又有办理，不能更正这一件。',
    en: 'Something was done to "{name}" since; this act cannot be corrected.',
    hint: {
      zh: '请先更正后来的那一件，或直接办理新的变更。',
      en: 'Correct the later act first, or do what is wanted anew.',
    },
  },
})
