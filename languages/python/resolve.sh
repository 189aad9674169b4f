# Wheels only: what is built from sources would run code of its own here.
python3 -m pip install --quiet --no-input --no-color --progress-bar off --disable-pip-version-check --no-cache-dir \
  --retries 2 --only-binary :all: ${REGISTRY:+--index-url "$REGISTRY"} \
  --target /resolved --requirement requirements.txt > /tmp/pip.log 2>&1
code=$?
cat /tmp/pip.log
if [ "$code" -gt 128 ]; then exit "$code"; fi
if [ "$code" != 0 ]; then
  # pip takes an index that cannot be reached for one that has nothing.
  grep -q -e 'connection broken' -e 'Could not fetch URL' -e 'HTTP error 5' -e 'Read timed out' /tmp/pip.log && exit 1
  exit 65
fi
rm -rf /resolved/bin
python3 -m pip --disable-pip-version-check list --path /resolved --format freeze > /resolved.txt
