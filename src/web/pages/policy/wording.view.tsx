import type { ShownWording } from './wording.store.ts';

/** The words of a step, as somebody would read them, without the frame of a mail or letter. */
export function WordingPart({ wording }: { readonly wording: ShownWording }) {
  return (
    <div class="wording">
      <p class="t-small t-2">{wording.about}</p>
      <p>
        <strong>{wording.subject}</strong>
      </p>
      {wording.paragraphs.map((words, index) => (
        <p key={`${index}${words}`}>{words}</p>
      ))}
    </div>
  );
}
