import type { ComponentChildren } from 'preact';
import { Page } from '../../layout.view.tsx';
import { FootLinks } from '../connect/connect.view.tsx';

interface StaticProps {
  readonly sandboxUrl: string | null;
}

function Text({
  title,
  sandboxUrl,
  children,
}: StaticProps & { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <Page title={title} signedIn={null} sandboxUrl={sandboxUrl}>
      <div class="stack py-6">
        <p>
          <a href="/" class="brandmark">
            Duly
          </a>
        </p>
        <h1>{title}</h1>
        <div class="prose-duly">{children}</div>
        <FootLinks />
      </div>
    </Page>
  );
}

export function PrivacyPage({ sandboxUrl }: StaticProps) {
  return (
    <Text title="Privacy" sandboxUrl={sandboxUrl}>
      <h2>What is read</h2>
      <p>
        From a connected ledger Duly reads the company's profile, customers with their contact details,
        invoices, payments and credits. It reads nothing else and changes nothing but adding notes to
        invoices.
      </p>
      <h2>What it is used for</h2>
      <p>
        To work out who is past due, to send the reminders that the business has allowed, and to note each of
        them in the ledger. It is not sold, not used for advertising, and not shared with other customers of
        this service.
      </p>
      <h2>Who else handles it</h2>
      <p>
        Reminders are delivered by Postmark, a mail service; it gets the e-mail and the address it goes to.
        The ledgers themselves get the notes. Nobody else gets anything.
      </p>
      <h2>How it is kept</h2>
      <p>
        Each company's rows are separated in the database. Access tokens and the ids of the books are
        encrypted. Signing in uses one cookie that is needed for it, and none that follows anybody.
      </p>
      <h2>How it ends</h2>
      <p>
        A company can be disconnected at any time on its Connection page or in the ledger; reading stops at
        once. To have its data deleted, write to the address on the Support page.
      </p>
    </Text>
  );
}

export function TermsPage({ sandboxUrl }: StaticProps) {
  return (
    <Text title="Terms" sandboxUrl={sandboxUrl}>
      <p>
        Duly sends reminders on behalf of the business that connects its books. The business stays the
        creditor: it decides who is reminded, in which mode and in whose name, and it answers for what it
        states, for example that all its customers are businesses.
      </p>
      <p>
        Duly does not buy debts, is not a law firm and not a debt-collection agency, and says so where it
        writes as a receivables service.
      </p>
      <p>
        Figures are those of the ledger at the last reading. No reminder leaves without a reading right before
        it. What the ledger does not know, for example cash that was not entered, Duly can't know either.
      </p>
      <p>
        The business may stop at any time: set the mode to preview, or disconnect. Whoever hosts this service
        may stop it with notice, and at once where it is used to mislead or threaten people.
      </p>
    </Text>
  );
}

export function SupportPage({ sandboxUrl }: StaticProps) {
  return (
    <Text title="Support" sandboxUrl={sandboxUrl}>
      <p>
        Most questions are answered where they come up: every decision has a “Why?”, and the Problems page
        says what happened, what it means for reminders and what to do.
      </p>
      <h2>Stop everything now</h2>
      <p>Sign in, open Settings, choose Preview, and save. Nothing leaves from that moment.</p>
      <h2>I got a reminder and something is wrong</h2>
      <p>
        Answer the e-mail: a person of the business reads it, and reminders rest until they have. If you have
        paid already, no answer is needed; the next reading of the books ends the reminders.
      </p>
      <h2>Write to us</h2>
      <p>
        Write to whoever hosts this service for you; they have its logs. Please give the company's name and
        the time it happened. Never send passwords or keys.
      </p>
    </Text>
  );
}
