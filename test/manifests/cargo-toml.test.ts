import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { parseCargoToml } from '../../src/manifests/cargo-toml.js';

test('crates with versions and features are taken, and nothing else is written', () => {
  const { packages, text } = parseCargoToml(`
    [package]
    name = "mine"
    version = "0.1.0"
    edition = "2024"
    rust-version = "1.70"
    build = "build.rs"

    [dependencies]
    serde = { version = "1.0", features = ["derive", "alloc"] } # and a comment
    rand = ">=0.8, <0.10"
    log = { version = "0.4", optional = true }

    [dependencies.time]
    version = "=0.3.36"
    default-features = false

    [dev-dependencies]
    serde = "1"
    proptest = "*"

    [build-dependencies]
    cc = "~1.0"

    [features]
    default = ["noisy"]
    noisy = ["dep:log", "serde?/rc", "rand/std"]

    [[bin]]
    name = "other"
    path = "src/other.rs"

    [profile.release]
    lto = true
  `);
  expect(packages).toEqual(['log', 'rand', 'serde', 'time', 'proptest', 'cc']);
  const plain = { features: [], 'default-features': true };
  expect(parse(text)).toEqual({
    package: { name: 'job', version: '0.0.0', edition: '2021', resolver: '3' },
    bin: [{ name: 'job', path: 'main.rs' }],
    dependencies: {
      log: { ...plain, version: '0.4', optional: true },
      rand: { ...plain, version: '>=0.8, <0.10' },
      serde: { ...plain, version: '1.0', features: ['alloc', 'derive'] },
      time: { ...plain, version: '=0.3.36', 'default-features': false },
    },
    'dev-dependencies': { proptest: { ...plain, version: '*' }, serde: { ...plain, version: '1' } },
    'build-dependencies': { cc: { ...plain, version: '~1.0' } },
    features: { default: ['noisy'], noisy: ['dep:log', 'rand/std', 'serde?/rc'] },
  });
});

test('what means the same is the same manifest', () => {
  const one = '[package]\nname = "a"\n[dependencies]\nb = "1"\na = { version = "2", features = ["x", "y"] }';
  const other =
    '\uFEFF[package]\r\nname = "c"\r\n[lints.rust]\r\nunsafe_code = "deny"\r\n[dependencies.a]\r\nversion = "2"\r\n' +
    'default-features = true\r\noptional = false\r\nfeatures = ["y", "x"]\r\n[dependencies.b]\r\nversion = " 1 "\r\n';
  expect(parseCargoToml(one).text).toBe(parseCargoToml(other).text);
});

test('a project without crates asks for none', () => {
  expect(parseCargoToml('[package]\nname = "x"\n[dependencies]\n').packages).toEqual([]);
});

test.each([
  ['{ git = "https://h.test/x" }', 'git: is not taken'],
  ['{ version = "1", git = "https://h.test/x", branch = "main" }', 'git: is not taken'],
  ['{ path = "../x" }', 'path: is not taken'],
  ['{ version = "1", path = "/etc" }', 'path: is not taken'],
  ['{ version = "1", registry = "mine" }', 'registry: is not taken'],
  ['{ version = "1", registry-index = "https://h.test" }', 'registry-index: is not taken'],
  ['{ version = "1", package = "other" }', 'package: is not taken'],
  ['{ version = "1", artifact = "bin" }', 'artifact: is not taken'],
  ['{ version = "1", default_features = false }', 'default_features: is not taken'],
  ['{ workspace = true }', 'workspace: is not taken'],
  ['{}', 'version: must be a text'],
  ['{ version = 1 }', 'version: must be a text'],
  ['{ version = "1", features = "x" }', 'features: must be a list'],
  ['{ version = "1", features = ["dep:x"] }', 'features.0: this is no name of a feature'],
  ['{ version = "1", default-features = "no" }', 'default-features: must be true or false'],
  ['{ version = "1", optional = 1 }', 'optional: must be true or false'],
  ['"https://h.test/x"', 'version: must be versions such as'],
  ['"../x"', 'version: must be versions such as'],
  ['""', 'version: must be versions such as'],
  ['"1\\n[patch]"', 'version: must be versions such as'],
  [`"${'1'.repeat(201)}"`, 'version: must be versions such as'],
])('x = %s is refused, with its field', (value, why) => {
  for (const table of ['dependencies', 'dev-dependencies', 'build-dependencies']) {
    const parse = () => parseCargoToml(`[package]\nname = "a"\n\n[${table}]\ngood = "1"\nx = ${value}\n`);
    expect(parse).toThrow(`${table}.x.${why}`);
  }
});

test.each([
  ['dependencies = 1', 'dependencies: must be a table'],
  ['dependencies.x = 1', 'dependencies.x: must be versions, or a table'],
  ['dependencies.x = ["1"]', 'dependencies.x: must be versions, or a table'],
  ['dependencies."-x" = "1"', 'dependencies.-x: this is no name of a package'],
  ['dependencies."../x" = "1"', 'dependencies.../x: this is no name of a package'],
  ['dependencies."" = "1"', 'this is no name of a package'],
  [`dependencies.${'x'.repeat(65)} = "1"`, 'this is no name of a package'],
  ['features.x = "y"', 'features.x: must be a list'],
  ['features.x = ["y z"]', 'features.x.0: this is no feature'],
  ['features."x y" = []', 'features.x y: this is no name of a feature'],
  ['patch.crates-io.x.path = "x"', 'patch: is not taken'],
  ['replace."x:1.0.0".path = "x"', 'replace: is not taken'],
  ['workspace = {}', 'workspace: is not taken'],
  [`target.'cfg(unix)'.dependencies.x = "1"`, 'target: is not taken'],
  ['dev_dependencies.x = "1"', 'dev_dependencies: is not taken'],
  ['project.name = "x"', 'project: is not taken'],
  ['cargo-features = ["x"]', 'cargo-features: is not taken'],
])('%s is refused, with its field', (line, why) => {
  expect(() => parseCargoToml(`${line}\n[package]\nname = "a"\n`)).toThrow(why);
});

test.each([
  ['', 'package: must be a table'],
  ['package = 1', 'package: must be a table'],
  ['[package]\nname = "x"\nname = "y"', /^is no TOML \(line 3: /],
  ['[package]\n\n[dependencies\nx = "1"', /^is no TOML \(line 3: /],
  ['{"dependencies": {}}', /^is no TOML \(line 1: /],
  [`x = ${'['.repeat(60_000)}`, /^is no TOML \(line 1: .*nested/],
  [`[package]\nx = "${'y'.repeat(60_000)}`, /^is no TOML \(line 2: /],
])('%j is refused', (text, why) => {
  expect(() => parseCargoToml(text)).toThrow(why);
});

test('a name that JavaScript knows is no way around', () => {
  const read = parseCargoToml(
    '[package]\n[dependencies.__proto__]\nversion = "1"\n[dependencies.constructor]\nversion = "1"',
  );
  expect(read.packages).toEqual(['constructor']);
  const hidden = '[package]\n[dependencies.x]\nversion = "1"\n[dependencies.x.__proto__]\ngit = "y"';
  expect(() => parseCargoToml(hidden)).toThrow('dependencies.x.__proto__: is not taken');
});
