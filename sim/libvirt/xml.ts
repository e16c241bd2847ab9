/**
 * Reading XML: elements, their attributes and their text.
 *
 * Models: libvirt v5.0.0 src/util/virxml.c virXMLParseHelper, virXPathString, virXMLPropString, virXPathUInt
 *
 * The tree comes from @xmldom/xmldom (MIT, no dependencies, typed, maintained, the same in a browser);
 * whether a text is well formed, and what libxml2 would say if not, is for xmlComplaint.ts.
 * Leaves out: namespaces, entities beyond the five, DTDs.
 */
import { DOMParser, type Element } from '@xmldom/xmldom';
import { memo } from '../kernel/memo.ts';
import { type Complaint, complaint } from './xmlComplaint.ts';

export type XmlElement = Readonly<{
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly XmlElement[];
  /** All character data below, as XPath's string() gives it. */
  text: string;
}>;

function convert(node: Element): XmlElement {
  const attributes: Record<string, string> = {};
  for (const attribute of Array.from(node.attributes)) attributes[attribute.name] = attribute.value;
  const children: XmlElement[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.nodeType === child.ELEMENT_NODE) children.push(convert(child as Element));
  }
  return { name: node.tagName, attributes, children, text: node.textContent ?? '' };
}

/** The same cache file is read at every start, the same domain at every create. */
const MOST_DOCUMENTS = 32;

export const parseXml = memo(parsed, MOST_DOCUMENTS);

function parsed(text: string): XmlElement | { complaint: Complaint } {
  const wrong = complaint(text);
  if (wrong !== null) return { complaint: wrong };
  const root = new DOMParser().parseFromString(text, 'text/xml').documentElement;
  if (root === null)
    throw new Error('XML: a text that is well formed has no root; see xmlComplaint.ts.');
  return convert(root);
}

export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** The first element at `a/b/c` below this one. */
export function find(element: XmlElement, path: string): XmlElement | null {
  let here: XmlElement | undefined = element;
  for (const name of path.split('/')) here = here?.children.find((child) => child.name === name);
  return here ?? null;
}

/** virXPathString: null where the element is missing or empty. */
export function textAt(element: XmlElement, path: string): string | null {
  const text = find(element, path)?.text ?? '';
  return text === '' ? null : text;
}

/** virXMLPropString. */
export const attribute = (element: XmlElement, name: string): string | null =>
  element.attributes[name] ?? null;

/** virStrToLong_ui and its sisters, as far as they refuse: decimal digits and nothing else. */
export const integer = (text: string | null): number | null =>
  text !== null && /^\s*-?\d+$/.test(text) ? Number(text) : null;

/** virXPathInt and its sisters: libxml2 converts to a number first. */
export function integerAt(element: XmlElement, path: string): number | null {
  const text = textAt(element, path);
  return text !== null && /^\s*-?\d+\s*$/.test(text) ? Number(text) : null;
}

const escapes: Record<string, string> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
};

/** virBufferEscapeString. */
export const escapeXml = (text: string): string => text.replace(/[<>&"']/g, (c) => escapes[c] ?? c);
