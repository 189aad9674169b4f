# No package's own scripts are run.
mkdir /tmp/work && cp package.json /tmp/work && cd /tmp/work || exit 1
npm install --ignore-scripts --omit=dev --no-package-lock --no-audit --no-fund --no-update-notifier --no-progress \
  --no-color --loglevel=error --fetch-retries=2 --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000 \
  --cache /tmp/npm ${REGISTRY:+--registry "$REGISTRY"} > /tmp/npm.log 2>&1
code=$?
grep -v -e 'A complete log of this run' -e '_logs/' /tmp/npm.log
if [ "$code" -gt 128 ]; then exit "$code"; fi
if [ "$code" != 0 ]; then
  # No such package or version, or none that goes with the others or with this system.
  grep -q -e ' code E404' -e ' code E403' -e ' code ETARGET' -e ' code ENOVERSIONS' -e ' code ERESOLVE' \
    -e ' code EBADPLATFORM' -e ' code EBADENGINE' -e ' code EINVALID' -e ' code EUNSUPPORTEDPROTOCOL' -e ' code ENOENT' \
    /tmp/npm.log && exit 65
  exit 1
fi
rm -rf /tmp/npm
[ -d node_modules ] || exit 0
rm -rf node_modules/.bin
node --print "Object.entries(require('/tmp/work/node_modules/.package-lock.json').packages)
  .map(([path, { version }]) => path.replace(/^.*node_modules\//, '') + '==' + version).join('\n')" > /resolved.txt
mv node_modules/* /resolved/
