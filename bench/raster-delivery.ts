// Sediment delivery with its county sums over the files of a made region, as `qingshan raster sediment` runs it: from heights,
// erosivity, erodibility and land cover to a line for each county.

import { Command } from 'commander'
import { join } from 'node:path'
import { addDeliveryCommands } from '../src/cli/delivery-command.ts'
import { peak, timed, type Measured } from './measure.ts'

export async function delivery(folder: string): Promise<Measured> {
  const program = new Command()
  addDeliveryCommands(program, { out: () => undefined })
  const file = (option: string, name: string) => [`--${option}`, join(folder, name)]
  const words = [
    'sediment',
    ...file('dem', 'dem.tif'),
    ...file('erosivity', 'r.tif'),
    ...file('erodibility', 'k.tif'),
    ...file('landcover', 'lulc.tif'),
    ...file('table', 'biophysical.csv'),
    ...file('zones', 'counties.geojson'),
    ...['--id', 'code', '--threshold', '1000'],
  ]
  const { cpu, wall } = await timed(() => program.parseAsync(words, { from: 'user' }))
  return { cpu, wall, peak: peak() }
}
