import type { VNode } from 'preact';
import { Page, type PageProps } from './layout.view.tsx';

export interface Message {
  readonly title: string;
  /** What happened and what it means, one paragraph each. */
  readonly paragraphs: readonly string[];
  /** Addresses to go on with; the first is the main one. */
  readonly links: readonly { readonly href: string; readonly words: string }[];
}

/** What stands around it: a company's frame, or only who is signed in. */
export type MessageFrame = Omit<PageProps, 'title' | 'head' | 'children'>;

/** A page that says one thing in words and offers the way on. */
export function MessagePage({ message, frame }: { message: Message; frame: MessageFrame }): VNode {
  return (
    <Page title={message.title} {...frame}>
      <section class="prose max-w-xl py-8">
        <h1>{message.title}</h1>
        {message.paragraphs.map((paragraph) => (
          <p class="mt-3">{paragraph}</p>
        ))}
        <p class="mt-6 flex flex-wrap gap-3">
          {message.links.map((link, index) => (
            <a class={index === 0 ? 'btn btn-primary' : 'btn btn-plain'} href={link.href}>
              {link.words}
            </a>
          ))}
        </p>
      </section>
    </Page>
  );
}
