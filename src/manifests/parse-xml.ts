// XML as far as files of settings have it: elements and their text. Attributes say nothing here, and nothing can be declared.
import sax from 'sax';
import { shorten } from '../shorten.js';

const MAX_DEPTH = 32;

/** An element, with the text that is directly in it. */
export type XmlElement = { name: string; line: number; text: string; children: XmlElement[] };

/** @throws Error that names the line */
export function parseXml(xml: string): XmlElement {
  const roots: XmlElement[] = [];
  const open: XmlElement[] = [];
  const parser = sax.parser(true);
  const fail = (why: string) => {
    throw new Error(`line ${parser.line + 1}: ${why}`);
  };
  const addText = (text: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.onerror = ({ message }) => fail(`this is no XML: ${message.split('\n')[0]}`);
  parser.ondoctype = () => fail('<!DOCTYPE> is not taken');
  parser.onopentag = ({ name }) => {
    if (open.length === MAX_DEPTH) fail(`more than ${MAX_DEPTH} elements are in each other`);
    const element = { name, line: parser.line + 1, text: '', children: [] };
    (open.at(-1)?.children ?? roots).push(element);
    open.push(element);
  };
  parser.onclosetag = () => void open.pop();
  parser.ontext = addText;
  parser.oncdata = addText;
  parser.write(xml.replace(/^\uFEFF/, '')).close();
  const [root, ...others] = roots;
  if (root === undefined || others.length > 0) throw new Error('must have one element that has all others');
  return root;
}

/** What is directly in an element, each but once. */
export function childrenOf({ children }: XmlElement): Map<string, XmlElement> {
  const named = new Map<string, XmlElement>();
  for (const child of children) {
    if (named.has(child.name)) refuse(child, 'is there twice');
    named.set(child.name, child);
  }
  return named;
}

/** @throws Error that names the element and its line */
export function refuse({ name, line }: XmlElement, why: string): never {
  throw new Error(`line ${line}: <${shorten(name)}> ${why}`);
}
