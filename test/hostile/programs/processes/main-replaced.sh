exec bash main.sh
