nohup bash -c 'sleep 0.5; echo "lost: it lives"; sleep 600' 2> /dev/null &
disown -a
echo "main ends"
