/** What stands in the fields of a form, by name; a name with several values is a list of boxes. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** The fields of a form as they were posted, cut to a bearable length. */
export function answersIn(body: unknown): Answers {
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return Object.fromEntries(
    fields.flatMap(([name, value]: [string, unknown]): [string, Answers[string]][] => {
      if (name === '_csrf') return [];
      if (typeof value === 'string') return [[name, value.slice(0, 500)]];
      const list = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
      return list.length === 0 ? [] : [[name, list.map((one) => one.slice(0, 500))]];
    }),
  );
}

/** Faults by the name of their field. */
export type FieldFaults = ReadonlyMap<string, string>;
const noFaults: FieldFaults = new Map();

/** A form as it is shown: what stands in its fields, and what is wrong with them. */
export class Form {
  readonly #values: Answers;
  readonly #faults: FieldFaults;

  constructor(values: Answers, faults: FieldFaults = noFaults) {
    this.#values = values;
    this.#faults = faults;
  }

  text(name: string): string {
    const value = this.#values[name];
    return typeof value === 'string' ? value : (value?.[0] ?? '');
  }

  /** Whether the box of this name and value is ticked. */
  has(name: string, value = 'yes'): boolean {
    const held = this.#values[name];
    return typeof held === 'string' ? held === value : (held?.includes(value) ?? false);
  }

  /** Of the field itself, or of what lies below it (`window` hears of `window.from`). */
  fault(name: string): string | undefined {
    return this.#faults.get(name) ?? [...this.#faults].find(([path]) => path.startsWith(`${name}.`))?.[1];
  }

  /** Whether anything is wrong at all. */
  get faulty(): boolean {
    return this.#faults.size > 0;
  }

  /** What no field of the form shows, each once. */
  rest(shown: readonly string[]): readonly string[] {
    const hidden = [...this.#faults].filter(
      ([path]) => !shown.some((name) => path === name || path.startsWith(`${name}.`)),
    );
    return [...new Set(hidden.map(([, words]) => words))];
  }

  /** For a control: its name and value, and that it is wrong; the first wrong one is where the page opens. */
  control(name: string) {
    const value = this.text(name);
    if (!this.#faults.has(name)) return { name, value };
    const first = this.#faults.keys().next().value === name;
    return { name, value, 'aria-invalid': 'true' as const, ...(first ? { autofocus: true } : {}) };
  }
}
