import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkTemplate, renderHtml, renderText, TemplateError } from '../../src/messages/liquid.ts';
import { escapeHtml } from '../../src/messages/plain.ts';
import { english } from '../../src/messages/wording/en/english.ts';
import { fieldNames } from '../../src/messages/wording/fields.ts';

const known = new Set(['name', 'count']);

describe('a template', () => {
  test('with conditions and merge fields is filled in, paragraph by paragraph', () => {
    const source =
      'Hello {{ name }},\n\n{% if count == 1 %}one{% else %}{{ count }}\n of them{% endif %}\n\n \n\n';
    checkTemplate(source, known);
    expect(renderText(source, { name: 'Anna', count: 3 })).toEqual(['Hello Anna,', '3 of them']);
  });

  test('with an unknown merge field is refused, also inside a condition (CON-09)', () => {
    for (const source of [
      '{{ nmae }}',
      '{% if nmae %}x{% endif %}',
      '{% case count %}{% when nmae %}x{% endcase %}',
    ])
      expect(() => checkTemplate(source, known)).toThrow(/no merge field “nmae”/);
    expect(() => renderText('{{ nmae }}', { name: 'x' })).toThrow(TemplateError);
  });

  test.each([
    '{% for i in (1..100000000) %}x{% endfor %}',
    '{% assign a = "x" %}',
    '{% capture a %}x{% endcapture %}',
    "{% include 'etc/passwd' %}",
    "{% render 'x' %}",
    "{% layout 'x' %}",
    '{% raw %}{{ name }}{% endraw %}',
    '{% comment %}x{% endcomment %}',
    '{% liquid echo name %}',
    '{% echo name %}',
    '{{ name | raw }}',
    '{{ name | upcase }}',
    '{{ name | where: "x" }}',
    '{{ (1..100000000) | join }}',
    '{% if (1..3) contains 2 %}x{% endif %}',
    '{{ name.constructor }}{{ constructor.name }}',
    '{{ __proto__ }}',
    '{{ name',
    '{% if name %}',
    'x'.repeat(10_001),
  ])('that could do more than fill in words is refused: %.40s', (source) => {
    expect(() => {
      checkTemplate(source, known);
      renderText(source, { name: 'x', count: 1 });
    }).toThrow(TemplateError);
  });

  test('can not reach inherited properties of a value', () => {
    expect(() => renderText('{{ name.length.constructor }}', { name: 'x' })).toThrow(TemplateError);
  });

  test('says the same in HTML as in text, with everything escaped (CON-08)', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom('<script>', '{{ name }}', '&amp;', `"'>`, '{% if %}'),
    );
    fc.assert(
      fc.property(hostile, hostile, (name, literal) => {
        const source = `${literal.replace(/[{}%]/g, '')} a & b {{ name }} <b> {% if count > 1 %}"{{ count }}"{% endif %}`;
        const fields = { name, count: 2 };
        expect(renderHtml(source, fields)).toEqual(renderText(source, fields).map(escapeHtml));
      }),
    );
  });
});

test('the presets use only merge fields that exist', () => {
  for (const wording of Object.values(english))
    for (const source of Object.values(wording) as string[]) checkTemplate(source, fieldNames);
});
