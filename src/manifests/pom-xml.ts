// pom.xml of Maven, as far as it says which packages in which versions. What would have others got is refused; what is about building
// a project and telling of it says nothing here.
import { shorten } from '../shorten.js';
import type { Manifest } from './manifest.js';
import { childrenOf, parseXml, refuse, type XmlElement } from './parse-xml.js';

/** Elements of a project that change nothing of what its program is given. */
const IGNORED = [
  ...['modelVersion', 'groupId', 'artifactId', 'version', 'packaging', 'name', 'description', 'url'],
  ...['inceptionYear', 'organization', 'licenses', 'developers', 'contributors', 'mailingLists', 'scm'],
  ...['issueManagement', 'ciManagement', 'distributionManagement', 'prerequisites', 'build', 'reporting'],
];
const TAKEN = ['properties', 'dependencies', ...IGNORED];

/** What a dependency may say. */
const PARTS: Record<string, { must: string; pattern: RegExp; otherwise?: string }> = {
  groupId: { must: 'be like org.example', pattern: /^\w[\w.-]{0,199}$/ },
  artifactId: { must: 'be like library', pattern: /^\w[\w.-]{0,199}$/ },
  version: { must: 'be like 1.2.3', pattern: /^\w[\w.+-]{0,199}$/ },
  scope: {
    must: 'be compile, runtime or test',
    pattern: /^(?:compile|runtime|test)$/,
    otherwise: 'compile',
  },
  type: { must: 'be jar', pattern: /^jar$/, otherwise: 'jar' },
  optional: { must: 'be true or false', pattern: /^(?:true|false)$/, otherwise: 'false' },
};

const PROPERTY = /\$\{([^{}]*)\}/;

/** A property's text may have others in it. */
const MAX_PROPERTIES = 10;

type Properties = ReadonlyMap<string, XmlElement>;

/** @throws Error that names the line and the element */
export function parsePom(text: string): Manifest {
  const project = parseXml(text);
  if (project.name !== 'project') refuse(project, 'must be <project>');
  const parts = childrenOf(project);
  for (const part of parts.values()) if (!TAKEN.includes(part.name)) refuse(part, 'is not taken');
  const propertyList = parts.get('properties');
  const properties = propertyList === undefined ? new Map() : childrenOf(propertyList);
  const dependencies = new Map<string, string>();
  // They stay in their order: the first decides which version others get that several ask for.
  for (const element of parts.get('dependencies')?.children ?? []) {
    const { groupId, artifactId, version, scope } = parseDependency(element, properties);
    if (scope === 'test') continue;
    const name = `${groupId}:${artifactId}`;
    if (dependencies.has(name)) refuse(element, `is there twice: ${name}`);
    dependencies.set(
      name,
      `<dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>`,
    );
  }
  return {
    packages: [...dependencies.keys()],
    text: ['<project><dependencies>', ...dependencies.values(), '</dependencies></project>', ''].join('\n'),
  };
}

function parseDependency(element: XmlElement, properties: Properties): Record<string, string> {
  if (element.name !== 'dependency') refuse(element, 'is not taken');
  const parts = childrenOf(element);
  for (const part of parts.values()) if (!Object.hasOwn(PARTS, part.name)) refuse(part, 'is not taken');
  const values = Object.entries(PARTS).map(([name, { must, pattern, otherwise }]) => {
    const part = parts.get(name);
    if (part === undefined) return [name, otherwise ?? refuse(element, `must have <${name}>`)];
    const value = withProperties(part, properties);
    if (!pattern.test(value)) refuse(part, `must ${must}, not ${shorten(value)}`);
    return [name, value];
  });
  return Object.fromEntries(values);
}

/** An element's text, with what is meant by the properties in it. */
function withProperties(element: XmlElement, properties: Properties): string {
  let text = element.text.trim();
  for (let count = 0; count <= MAX_PROPERTIES; count++) {
    const [reference, name = ''] = PROPERTY.exec(text) ?? [];
    if (reference === undefined) return text;
    const property =
      properties.get(name) ?? refuse(element, `has no property of this name: ${shorten(name)}`);
    text = text.replace(reference, () => property.text.trim());
  }
  return refuse(element, `has more than ${MAX_PROPERTIES} properties in it`);
}
