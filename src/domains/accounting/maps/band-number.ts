// The band a binding names: `band 2`, `波段2` → 2.

export const bandNumber = (column: string): number | undefined => {
  const m = /^(?:band|波段)\s*(\d{1,5})$/i.exec(column.trim())
  return m ? Number(m[1]) : undefined
}
