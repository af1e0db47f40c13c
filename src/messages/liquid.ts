import { Liquid, type Template } from 'liquidjs';
import { escapeHtml } from './plain.ts';

/** What a template may be filled with: flat values, no objects to wander about in. */
export type MergeFields = Readonly<Record<string, string | number | boolean>>;

/** A template that must not be saved or used, in words for the person who wrote it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

const TAGS = new Set(['if', 'unless', 'case']);
const FILTERS = new Set(['default', 'strip', 'truncate']);
const MAX_TEMPLATE = 10_000;

const inText = lockedDown(undefined);
const inHtml = lockedDown((value) => escapeHtml(String(value)));

/**
 * Liquid with all that a reminder's wording does not need taken away: no files, loops, assignments, ranges, `raw`,
 * no inherited properties, and bounds on memory and time (milliseconds). liquidjs is no sandbox by its own word, so
 * what is left is as little as possible.
 */
function lockedDown(outputEscape: ((value: unknown) => string) | undefined): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    memoryLimit: 100_000,
    // there are no loops, so only a machine that stands still comes near it: a busy one must not lose a reminder
    renderLimit: 1_000,
    parseLimit: MAX_TEMPLATE,
    cache: false,
    relativeReference: false,
    ...(outputEscape === undefined ? {} : { outputEscape }),
  });
  for (const tag of Object.keys(engine.tags)) if (!TAGS.has(tag)) delete engine.tags[tag];
  for (const filter of Object.keys(engine.filters)) if (!FILTERS.has(filter)) delete engine.filters[filter];
  return engine;
}

/**
 * Refuses, with a TemplateError, a template that is too long, does not parse, uses a tag or filter outside the
 * whitelist, a range, or a merge field that does not exist (CON-09). `known` are the merge fields' names.
 */
export function checkTemplate(source: string, known: ReadonlySet<string>): void {
  const parsed = parse(inText, source);
  let used: string[];
  try {
    used = inText.globalVariablesSync(parsed).map(String);
  } catch (error) {
    throw asTemplateError(error);
  }
  const unknown = used.find((field) => !known.has(field));
  if (unknown !== undefined)
    throw new TemplateError(
      `There is no merge field “${unknown}”. Known are: ${[...known].sort().join(', ')}.`,
    );
}

/** The paragraphs of a filled-in template, as plain text; empty ones are left out. Throws TemplateError. */
export function renderText(source: string, fields: MergeFields): string[] {
  return paragraphs(render(inText, source, fields));
}

/** The same paragraphs for HTML: both the template's own text and every merge field are escaped (CON-08). */
export function renderHtml(source: string, fields: MergeFields): string[] {
  const escaped = source
    .split(/(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})/)
    .map((piece, at) => (at % 2 === 1 ? piece : escapeHtml(piece)))
    .join('');
  return paragraphs(render(inHtml, escaped, fields));
}

function render(engine: Liquid, source: string, fields: MergeFields): string {
  const parsed = parse(engine, source);
  try {
    return String(engine.renderSync(parsed, { ...fields }));
  } catch (error) {
    throw asTemplateError(error);
  }
}

function parse(engine: Liquid, source: string): Template[] {
  if (source.length > MAX_TEMPLATE)
    throw new TemplateError(`The template is longer than ${MAX_TEMPLATE} characters.`);
  // a range can stand for more numbers than there is memory; no wording needs one
  const inside = source.match(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g) ?? [];
  if (inside.some((piece) => /\([^)]*\.\.[^)]*\)/.test(piece)))
    throw new TemplateError('A range (1..n) can not be used here.');
  try {
    return engine.parse(source);
  } catch (error) {
    throw asTemplateError(error);
  }
}

function asTemplateError(error: unknown): TemplateError {
  const words = error instanceof Error ? error.message : 'unknown fault';
  return new TemplateError(`The template can not be used: ${words}`);
}

function paragraphs(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/[ \t\r\n]+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '');
}
