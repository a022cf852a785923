# The plain way beside ours: numpy over GDAL's blocks. `read FILE`, or `zonal FILE ZONES`: zones drawn once, then counted.
import sys

import numpy as np
from osgeo import gdal, ogr

gdal.UseExceptions()
gdal.SetCacheMax(64 << 20)
ogr.UseExceptions()
ROWS = 256

what, path = sys.argv[1], sys.argv[2]
source = gdal.Open(path)
width, height = source.RasterXSize, source.RasterYSize
band = source.GetRasterBand(1)
nodata = band.GetNoDataValue()
if what == 'zonal':
    zones = gdal.GetDriverByName('MEM').Create('', width, height, 1, gdal.GDT_Int16)
    zones.SetGeoTransform(source.GetGeoTransform())
    zones.SetProjection(source.GetProjection())
    vectors = gdal.OpenEx(sys.argv[3])
    gdal.RasterizeLayer(zones, [1], vectors.GetLayer(), options=['ATTRIBUTE=code'])
valid, counts, sums = 0, np.zeros(512), np.zeros(512)
for row in range(0, height, ROWS):
    rows = min(ROWS, height - row)
    values = band.ReadAsArray(0, row, width, rows).astype(np.float64)
    known = values != nodata
    if what == 'read':
        valid += int(known.sum())
        continue
    zone = zones.GetRasterBand(1).ReadAsArray(0, row, width, rows)
    known &= zone > 0
    counts += np.bincount(zone[known], minlength=512)
    sums += np.bincount(zone[known], values[known], minlength=512)
print(valid, counts.sum(), sums.sum(), counts[101], sums[101])
