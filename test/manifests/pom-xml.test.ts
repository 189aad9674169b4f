import { expect, test } from 'vitest';
import { parsePom } from '../../src/manifests/pom-xml.js';

const project = (...lines: string[]) => `<project>\n${lines.join('\n')}\n</project>\n`;
const dependencies = (...lines: string[]) =>
  project('<dependencies>', ...lines.map((line) => `<dependency>${line}</dependency>`), '</dependencies>');
const gson = '<groupId>com.google.code.gson</groupId><artifactId>gson</artifactId>';
const version = '<version>2.11.0</version>';
const wanted = (text: string) =>
  `<project><dependencies>\n${text.replace(/^/gm, '<dependency>').replace(/$/gm, '</dependency>')}\n</dependencies></project>\n`;

/** As a text of a pom refers to a property. */
const ref = (name: string) => `\${${name}}`;

test('an ordinary pom is taken: dependencies with versions and properties, without those of tests', () => {
  const { packages, text } = parsePom(
    [
      '\uFEFF<?xml version="1.0" encoding="UTF-8"?>',
      '<!-- ours -->',
      '<project xmlns="http://maven.apache.org/POM/4.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
      '  xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">',
      '  <modelVersion>4.0.0</modelVersion>',
      '  <groupId>org.example</groupId><artifactId>mine</artifactId><version>1-SNAPSHOT</version>',
      '  <packaging>jar</packaging><name>Q &amp; A</name><licenses><license/></licenses>',
      '  <properties>',
      '    <maven.compiler.release>21</maven.compiler.release>',
      `    <lang.major>3</lang.major><lang.version>${ref('lang.major')}.17.${ref('lang.minor')}</lang.version>`,
      '    <lang.minor>0</lang.minor>',
      '  </properties>',
      '  <dependencies>',
      '    <dependency>',
      '      <groupId>org.apache.commons</groupId><artifactId>commons-lang3</artifactId>',
      `      <version> ${ref('lang.version')} </version><scope>runtime</scope><type>jar</type><optional>true</optional>`,
      '    </dependency>',
      `    <dependency>${gson}<version><![CDATA[2.11.0]]></version></dependency>`,
      '    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.13.2</version><scope>test</scope></dependency>',
      '  </dependencies>',
      '  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId></plugin></plugins></build>',
      '</project>',
    ].join('\r\n'),
  );
  expect(packages).toEqual(['org.apache.commons:commons-lang3', 'com.google.code.gson:gson']);
  expect(text).toBe(
    wanted(
      `<groupId>org.apache.commons</groupId><artifactId>commons-lang3</artifactId><version>3.17.0</version>\n${gson}${version}`,
    ),
  );
});

test.each([project(), project('<dependencies/>'), '<project/>'])('%j asks for nothing', (pom) => {
  expect(parsePom(pom).packages).toEqual([]);
});

test.each([
  ...['parent', 'dependencyManagement', 'repositories', 'pluginRepositories', 'profiles', 'modules'],
  ...['toString', '__proto__', 'anything'],
])('<%s> is refused, with its line', (name) => {
  expect(() => parsePom(project('', `<${name}/>`))).toThrow(`line 3: <${name}> is not taken`);
});

test.each([
  [`${gson}${version}<classifier>x</classifier>`, '<classifier> is not taken'],
  [`${gson}${version}<systemPath>/etc/passwd</systemPath>`, '<systemPath> is not taken'],
  [`${gson}${version}<exclusions/>`, '<exclusions> is not taken'],
  [`${gson}${version}<constructor/>`, '<constructor> is not taken'],
  [`${gson}${version}<scope>system</scope>`, '<scope> must be compile, runtime or test, not system'],
  [`${gson}${version}<scope>provided</scope>`, '<scope> must be compile, runtime or test, not provided'],
  [`${gson}${version}<scope>import</scope>`, '<scope> must be compile, runtime or test, not import'],
  [`${gson}${version}<type>pom</type>`, '<type> must be jar, not pom'],
  [gson, '<dependency> must have <version>'],
  [`<artifactId>gson</artifactId>${version}`, '<dependency> must have <groupId>'],
  [`${gson}${version}${version}`, '<version> is there twice'],
  [`${gson}<version/>`, '<version> must be like 1.2.3, not '],
  [`${gson}<version>[1.0,2.0)</version>`, '<version> must be like 1.2.3, not [1.0,2.0)'],
  [`${gson}<version>../1</version>`, '<version> must be like 1.2.3'],
  [`${gson}<version>1/2</version>`, '<version> must be like 1.2.3'],
  [`${gson}<version>1&lt;/version&gt;</version>`, '<version> must be like 1.2.3'],
  [`${gson}<version>${'1'.repeat(201)}</version>`, '<version> must be like 1.2.3'],
  [
    `${gson}<version>${ref('project.version')}</version>`,
    '<version> has no property of this name: project.version',
  ],
  [`<groupId>..</groupId><artifactId>gson</artifactId>${version}`, '<groupId> must be like org.example'],
  [
    `<groupId>com.google/x</groupId><artifactId>gson</artifactId>${version}`,
    '<groupId> must be like org.example',
  ],
  [`<groupId>a</groupId><artifactId>$(id)</artifactId>${version}`, '<artifactId> must be like library'],
])('a dependency with %s is refused, with its line', (content, why) => {
  expect(() => parsePom(dependencies(content))).toThrow(`line 3: ${why}`);
});

test('of one package one version is wanted', () => {
  const twice = () => parsePom(dependencies(`${gson}${version}`, `${gson}<version>2.10</version>`));
  expect(twice).toThrow('line 4: <dependency> is there twice: com.google.code.gson:gson');
});

test('properties that mean themselves, or grow, come to an end', () => {
  const withProperties = (properties: string) => () =>
    parsePom(
      project(
        `<properties>${properties}</properties>`,
        `<dependencies><dependency>${gson}<version>${ref('a')}</version></dependency></dependencies>`,
      ),
    );
  const why = 'line 3: <version> has more than 10 properties in it';
  expect(withProperties(`<a>${ref('a')}</a>`)).toThrow(why);
  expect(withProperties(`<a>${ref('b')}${ref('b')}</a><b>${ref('a')}${ref('a')}</b>`)).toThrow(why);
  expect(withProperties(`<a>${ref('b').repeat(8_000)}</a><b>1</b>`)).toThrow(why);
  expect(withProperties('<a>1</a><a>2</a>')).toThrow('line 2: <a> is there twice');
  expect(withProperties('<b>1</b>')).toThrow('line 3: <version> has no property of this name: a');
});

test.each([
  ['<!DOCTYPE project [<!ENTITY a "b">]>\n<project/>', 'line 1: <!DOCTYPE> is not taken'],
  ['<!DOCTYPE project SYSTEM "file:///etc/passwd">\n<project/>', 'line 1: <!DOCTYPE> is not taken'],
  [project('<name>&a;</name>'), 'line 2: this is no XML: Invalid character entity'],
  [project('<name>'), 'line 3: this is no XML: Unexpected close tag'],
  ['<project>', 'line 1: this is no XML: Unclosed root tag'],
  [project('<name a=b/>'), 'line 2: this is no XML: Unquoted attribute value'],
  ['', 'must have one element that has all others'],
  ['<project/><project/>', 'must have one element that has all others'],
  ['{"dependencies": {}}', 'line 1: this is no XML: Non-whitespace before first tag'],
  ['<settings/>', 'line 1: <settings> must be <project>'],
  [project('<dependencies><plugin/></dependencies>'), 'line 2: <plugin> is not taken'],
  [project('<dependencies/>', '<dependencies/>'), 'line 3: <dependencies> is there twice'],
  [`<project>${'<a>'.repeat(10_000)}`, 'line 1: more than 32 elements are in each other'],
])('%j is refused', (pom, why) => {
  expect(() => parsePom(pom)).toThrow(why);
});
