# Gets a manifest's packages into /resolved by the language's resolve.sh, within limits of time and room. Exit code 65: it is the
# manifest's fault, and what was printed says why. Any other: the network's, or ours.
cd /resolve || exit 1
export HOME=/tmp/home TMPDIR=/tmp LANG=C.UTF-8
mkdir "$HOME"
if [ -s ca.pem ]; then
  export SSL_CERT_FILE=/resolve/ca.pem PIP_CERT=/resolve/ca.pem NODE_EXTRA_CA_CERTS=/resolve/ca.pem
fi
REGISTRY=$(cat registry)
export REGISTRY

# As PID 1, this is what the signal to all others does not reach.
while sleep 1; do
  used=$(du -sm /resolved /tmp 2>/dev/null | awk '{ sum += $1 } END { print sum }')
  if [ "$used" -gt "$SIZE_MB" ]; then
    touch /tmp/too-large
    kill -KILL -1
  fi
done &
timeout --kill-after=1 "$TIME_LIMIT_SECONDS" sh resolve.sh 2>&1
code=$?

if [ -e /tmp/too-large ]; then
  echo "The packages take more than $SIZE_MB MB."
  exit 65
fi
if [ "$code" = 124 ]; then
  echo "Getting the packages took longer than $TIME_LIMIT_SECONDS s."
  exit 65
fi
if [ "$code" -gt 128 ]; then
  echo "Getting the packages took more memory than it may, or was ended."
  exit 65
fi
[ "$code" = 0 ] || exit "$code"
chmod -R a+rX,go-w,a-s /resolved
sed 's/^/resolved: /' /resolved.txt
