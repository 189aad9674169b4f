<?php

match ($argv[1]) {
    'settings' => print_settings(getenv('REGISTRY')),
    'packages' => print_packages('/tmp/work/composer.lock'),
};

/** Composer's own settings. Its image has extensions that it needs itself, and programs do not have. */
function print_settings(string $registry): void
{
    $settings = ['config' => [
        'secure-http' => !str_starts_with($registry, 'http://'),
        'platform' => ['ext-curl' => false, 'ext-intl' => false, 'ext-mbstring' => false],
    ]];
    if ($registry !== '') {
        $settings['repositories'] = [['type' => 'composer', 'url' => $registry], ['packagist' => false]];
    }
    echo json_encode($settings);
}

/** The packages that Composer found; ends with 65 when one of them is no archive. */
function print_packages(string $lock): void
{
    $packages = json_decode(file_get_contents($lock), true)['packages'];
    $others = array_filter($packages, fn ($package) => !is_archive($package));
    foreach ($others as $package) {
        echo "{$package['name']} {$package['version']} has no archive, and nothing else is fetched here.\n";
    }
    if ($others !== []) {
        exit(65);
    }
    foreach ($packages as $package) {
        echo "{$package['name']}=={$package['version']}\n";
    }
}

function is_archive(array $package): bool
{
    return $package['type'] === 'metapackage' || in_array($package['dist']['type'] ?? '', ['zip', 'tar'], true);
}
