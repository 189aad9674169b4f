/supervisor --dir / --time-limit-ms 1000 --output-bytes 1 --run /bin/true 2>&1
echo "exit code $?"
