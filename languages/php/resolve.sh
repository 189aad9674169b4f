# Archives only, and nothing of a package is run: no scripts, no plugins.
export COMPOSER_HOME=/tmp/composer COMPOSER_CACHE_DIR=/dev/null COMPOSER_NO_AUDIT=1
mkdir /tmp/composer /tmp/work && php resolve.php settings > /tmp/composer/config.json || exit 1
cp composer.json /tmp/work && cd /tmp/work || exit 1

run_composer() {
  composer "$@" --no-interaction --no-ansi --no-progress --no-scripts --no-plugins > /tmp/composer.log 2>&1
  code=$?
  grep -v -e '^Loading composer' -e '^Updating dep' -e '^Warning: Accessing' -e '^Running update' -e '\.ini$' \
    /tmp/composer.log
  # No such package or version, or none that goes with the others or with this PHP.
  [ "$code" = 2 ] && exit 65
  [ "$code" = 0 ] || exit "$code"
}

run_composer update --no-install --no-dev
php /resolve/resolve.php packages > /resolved.txt
code=$?
[ "$code" = 0 ] || { cat /resolved.txt; exit "$code"; }
run_composer install --no-dev --prefer-dist
rm -rf vendor/bin
mv vendor/* /resolved/

# Most programs look for it in their own folder, so each begins by linking it there.
mkdir /resolved/.link
echo 'auto_prepend_file = /usr/share/php/vendor/.link/link.php' > /resolved/.link/link.ini
echo "<?php @symlink('/usr/share/php/vendor', 'vendor');" > /resolved/.link/link.php
